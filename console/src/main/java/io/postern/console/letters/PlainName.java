package io.postern.console.letters;

import java.util.regex.Pattern;

/// Makes names that somebody chose harmless in a letter (R-503): at most 128 characters, nothing
/// invisible, nothing that turns the reading direction, and nothing that a mail reader would make a
/// link of.
final class PlainName {
  static final int CHARACTERS_MAX = 128;

  private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]");
  private static final Pattern DOT_IN_WORD =
      Pattern.compile("(?<=\\S)([.\u3002\uff0e\uff61])(?=\\S)");

  /// Of `https://`; a slash by itself makes no link where the dots are apart.
  private static final Pattern SCHEME_END = Pattern.compile("(?<=[:/])/");

  private PlainName() {}

  static String of(String name) {
    var seen = UNSEEN.matcher(LINE_BREAKS.matcher(name).replaceAll(" ")).replaceAll("");
    var apart = DOT_IN_WORD.matcher(seen).replaceAll("$1 ");
    var split = SCHEME_END.matcher(apart).replaceAll(" /").replace("@", " @ ");
    return cut(split.strip().replaceAll(" {2,}", " "));
  }

  /// A server or an address that somebody chose, in a sentence: `mail[.]example[.]com`, as it is
  /// written where nobody shall follow it. Spaces instead would make it hard to read and to
  /// compare.
  static String ofPlace(String text) {
    return of(text).replace(". ", "[.]").replace("\u3002 ", "[.]").replace(" @ ", "[at]");
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= CHARACTERS_MAX
        ? text
        : text.substring(0, text.offsetByCodePoints(0, CHARACTERS_MAX - 1)).strip() + "\u2026";
  }
}
