package io.postern.smtp.diagnosis;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Words to look for in a peer's text: alternatives between ` | `, fragments in order between ` ..
/// `, case and white space folded.
///
/// @param text as the data file has it
record Words(String text, List<List<String>> alternatives) {
  Words {
    alternatives = List.copyOf(alternatives);
  }

  static List<Words> all(List<String> texts) {
    return texts.stream().map(Words::of).toList();
  }

  private static Words of(String text) {
    return new Words(
        text,
        Arrays.stream(text.toLowerCase(Locale.ROOT).split(" \\| ", -1))
            .map(alternative -> List.of(alternative.split(" \\.\\. ")))
            .toList());
  }

  /// Lower case, runs of white space as one blank.
  static String fold(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    return isFolded(lower) ? lower : lower.replaceAll("\\s+", " ");
  }

  /// @param text already folded
  boolean areIn(String text) {
    for (var alternative : alternatives) {
      if (inOrder(text, alternative)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFolded(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if ((c < ' ' || c == ' ') && (c != ' ' || (i > 0 && text.charAt(i - 1) == ' '))) {
        return false;
      }
    }
    return true;
  }

  private static boolean inOrder(String text, List<String> fragments) {
    var from = 0;
    for (var fragment : fragments) {
      var at = text.indexOf(fragment, from);
      if (at < 0) {
        return false;
      }
      from = at + fragment.length();
    }
    return true;
  }
}
