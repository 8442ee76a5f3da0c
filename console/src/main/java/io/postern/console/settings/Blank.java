package io.postern.console.settings;

/// What comes along unseen when a value is copied: white space of every width, line breaks, and
/// characters without any width.
public final class Blank {
  /// What is said where blanks were removed.
  public static final String REMOVED = "Blanks or line breaks around it were removed.";

  private Blank() {}

  /// The text without blanks before and behind it.
  public static String strip(String text) {
    var start = 0;
    var end = text.length();
    while (start < end && isBlank(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (end > start && isBlank(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(int letter) {
    return Character.isWhitespace(letter)
        || Character.isSpaceChar(letter)
        || Character.getType(letter) == Character.FORMAT;
  }
}
