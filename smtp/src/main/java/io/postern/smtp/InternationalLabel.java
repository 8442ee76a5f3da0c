package io.postern.smtp;

import java.net.IDN;
import java.text.Normalizer;

/// A label with letters beyond ASCII. `java.net.IDN` is IDNA2003, the world has moved to UTS-46
/// (R-504, F-006); so only labels are taken that both read alike, the others are refused with the
/// way out: their A-label form.
final class InternationalLabel {
  /// Its lower case is `i` for Java and `i` with a combining dot for IDNA.
  private static final char CAPITAL_I_WITH_DOT = 0x130;

  private InternationalLabel() {}

  static String toAscii(String label, String typed) {
    if (label.indexOf(CAPITAL_I_WITH_DOT) >= 0) {
      throw deviation(CAPITAL_I_WITH_DOT, typed);
    }
    String lower = lowerCase(label);
    lower.codePoints().forEach(codePoint -> checkCharacter(codePoint, typed));
    if (Character.getType(lower.codePointAt(0)) == Character.NON_SPACING_MARK) {
      throw unsupported(lower.codePointAt(0), typed);
    }
    try {
      String ascii = IDN.toASCII(lower, IDN.USE_STD3_ASCII_RULES);
      if (!IDN.toUnicode(ascii, IDN.USE_STD3_ASCII_RULES).equals(lower)) {
        // Nameprep changed more than case: the two standards may disagree about the result.
        throw HostNameGrammar.bad(
            typed,
            "contains a letter that is read in more than one way; type the name in its xn-- form");
      }
      HostNameGrammar.checkShape(ascii, typed);
      return ascii;
    } catch (MalformedValueException e) {
      throw e;
    } catch (IllegalArgumentException _) {
      // The reason of the JDK is about its tables, not about the operator's name.
      throw HostNameGrammar.bad(
          typed, "is not a valid international name; type it in its xn-- form if it exists");
    }
  }

  private static String lowerCase(String label) {
    String composed = Normalizer.normalize(label, Normalizer.Form.NFC);
    StringBuilder lower = new StringBuilder(composed.length());
    // Per code point: String.toLowerCase would make a final sigma.
    composed.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
    return lower.toString();
  }

  private static void checkCharacter(int codePoint, String typed) {
    switch (codePoint) {
      // Deviation characters: IDNA2003 maps them away, UTS-46 keeps them, and both names may exist.
      case 0xDF, 0x3C2, 0x200C, 0x200D -> throw deviation(codePoint, typed);
      // Dots and blanks that IDNA2003 turns into ASCII ones or removes.
      case 0x3002, 0xFF0E, 0xFF61, 0xAD -> throw unsupported(codePoint, typed);
      default -> {
        if (!isLetterLike(codePoint)) {
          throw unsupported(codePoint, typed);
        }
      }
    }
  }

  private static boolean isLetterLike(int codePoint) {
    if (codePoint < 0x80) {
      return codePoint == '-' || Character.isLetterOrDigit(codePoint);
    }
    return switch (Character.getType(codePoint)) {
      case Character.LOWERCASE_LETTER,
          Character.OTHER_LETTER,
          Character.MODIFIER_LETTER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.DECIMAL_DIGIT_NUMBER ->
          true;
      default -> false;
    };
  }

  private static MalformedValueException deviation(int codePoint, String typed) {
    return HostNameGrammar.bad(
        typed,
        "contains "
            + HostNameGrammar.shown(codePoint)
            + ", which software reads in two ways; type the name in its xn-- form");
  }

  private static MalformedValueException unsupported(int codePoint, String typed) {
    return HostNameGrammar.bad(
        typed,
        "contains "
            + HostNameGrammar.shown(codePoint)
            + "; letters, digits, hyphens and dots are allowed");
  }
}
