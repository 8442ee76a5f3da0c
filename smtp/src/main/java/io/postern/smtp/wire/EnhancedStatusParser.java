package io.postern.smtp.wire;

import io.postern.smtp.EnhancedStatus;
import io.postern.smtp.Printable;
import io.postern.smtp.Reply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads enhanced status codes at the beginning of a reply's text (RFC 2034, RFC 3463 section 2).
final class EnhancedStatusParser {
  private EnhancedStatusParser() {}

  /// @return null unless the reply is 2xx, 4xx or 5xx and the code is well formed and of the same
  ///   class
  static @Nullable EnhancedStatus of(int code, String text) {
    var category = code / 100;
    var word = firstWord(text);
    if (category == 3 || word.length() < 5 || word.length() > 9) {
      return null;
    }
    var parts = word.split("\\.", -1);
    if (parts.length != 3
        || !parts[0].equals(String.valueOf(category))
        || !isNumber(parts[1])
        || !isNumber(parts[2])) {
      return null;
    }
    return new EnhancedStatus(category, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  /// The reply of these lines: its enhanced code stands apart, wherever a line repeats it.
  static Reply reply(int code, List<String> lines) {
    var enhanced = of(code, lines.getFirst());
    var texts = new ArrayList<String>(lines.size());
    for (var line : lines) {
      var own = enhanced == null ? null : of(code, line);
      texts.add(Printable.of(own != null && own.equals(enhanced) ? without(line) : line));
    }
    return new Reply(code, enhanced, texts);
  }

  /// The text behind the code.
  static String without(String text) {
    return text.substring(firstWord(text).length()).stripLeading();
  }

  private static String firstWord(String text) {
    var blank = text.indexOf(' ');
    return blank < 0 ? text : text.substring(0, blank);
  }

  private static boolean isNumber(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= 3;
  }
}
