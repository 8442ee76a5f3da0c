package io.postern.smtp;

/// Makes text that somebody else chose harmless to show: controls, bidirectional marks and line
/// separators become escapes.
public final class Printable {
  private Printable() {}

  public static String of(String text) {
    if (text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      return text;
    }
    var harmless = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(harmless, c));
    return harmless.toString();
  }

  private static void append(StringBuilder harmless, int codePoint) {
    if (isHarmful(codePoint)) {
      harmless.append("\\u%04x".formatted(codePoint));
    } else {
      harmless.appendCodePoint(codePoint);
    }
  }

  private static boolean isHarmful(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
