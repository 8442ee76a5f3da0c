package io.postern.smtp;

/// Makes foreign text harmless to show: what could steer a terminal, a log line or the reading
/// direction is escaped. Markup is not its business: pages escape that themselves.
public final class Printable {
  private Printable() {}

  /// The text with C0, DEL, C1, line and paragraph separators, bidi and other format controls,
  /// private use and unpaired surrogates written as `\x1B` or `\x{202E}`.
  public static String of(String text) {
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      if (!isHarmless(text.codePointAt(at))) {
        return escaped(text);
      }
    }
    return text;
  }

  /// Whether a code point may be shown as it is.
  public static boolean isHarmless(int codePoint) {
    if (codePoint < 0x7F) {
      return codePoint >= ' ';
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(codePoint -> {
          if (isHarmless(codePoint)) {
            out.appendCodePoint(codePoint);
          } else if (codePoint <= 0xFF) {
            out.append(String.format("\\x%02X", codePoint));
          } else {
            out.append(String.format("\\x{%X}", codePoint));
          }
        });
    return out.toString();
  }
}
