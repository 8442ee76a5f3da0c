package io.postern.console.cli;

import io.postern.console.settings.Blank;
import java.io.PrintWriter;

/// Values of options, read as the console reads its fields.
///
/// @param errors takes a remark where a value was changed
record TypedText(PrintWriter errors) {
  /// The value without blanks and line breaks around it.
  ///
  /// @param option what it is called, such as `--from`
  String bare(String option, String value) {
    var bare = Blank.strip(value);
    if (!bare.equals(value)) {
      errors.println("postern: " + option + ": " + Blank.REMOVED);
    }
    return bare;
  }
}
