package io.postern.smtp;

import java.net.IDN;
import java.util.Locale;

/// A DNS name in lower-case A-label form or a canonical IP literal, without scheme, port, path or
/// zone.
///
/// @param ascii the name as it goes on the wire; an IPv6 literal stands without brackets
public record HostName(String ascii) {
  /// RFC 1035 section 2.3.4: 255 octets on the wire are 253 characters.
  public static final int CHARACTERS_MAX = 253;

  /// RFC 1035 section 2.3.4.
  public static final int LABEL_CHARACTERS_MAX = 63;

  /// Characters that IDNA2003 maps and UTS-46 non-transitional keeps, or that no name may hold:
  /// sharp s, final sigma, joiners, soft hyphen.
  private static final String DISPUTED = "\u00df\u03c2\u200c\u200d\u00ad";

  /// Reads what an operator typed; U-labels become A-labels, a trailing dot goes.
  ///
  /// @throws MalformedValueException saying what is wrong and what would be valid
  public static HostName parse(String typed) {
    var literal = AddressLiteral.canonical(typed);
    if (literal != null) {
      return new HostName(literal);
    }
    var name = typed.endsWith(".") ? typed.substring(0, typed.length() - 1) : typed;
    if (name.isEmpty()) {
      throw new MalformedValueException("A host name is missing; smtp.example.com would be one.");
    }
    var ascii = toAscii(name);
    if (ascii.length() > CHARACTERS_MAX) {
      throw new MalformedValueException(
          "The host name has %d characters; at most %d are possible."
              .formatted(ascii.length(), CHARACTERS_MAX));
    }
    for (var label : ascii.split("\\.", -1)) {
      requireLabel(label, typed);
    }
    if (AddressLiteral.looksLikeNumbers(ascii)) {
      throw new MalformedValueException(
          "\"%s\" looks like an IP address but is none; four numbers from 0 to 255 would be one, such as 192.0.2.25."
              .formatted(Printable.of(typed)));
    }
    return new HostName(ascii);
  }

  /// Whether this is an IPv4 or IPv6 literal.
  public boolean isAddress() {
    return AddressLiteral.canonical(ascii) != null;
  }

  @Override
  public String toString() {
    return ascii;
  }

  private static String toAscii(String name) {
    if (name.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      return name.toLowerCase(Locale.ROOT);
    }
    name.codePoints().forEach(HostName::requireUndisputed);
    try {
      return IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException _) {
      // The JDK's text speaks of code points; ours says what a name may hold.
      throw new MalformedValueException(
          "\"%s\" is no host name: letters, digits, hyphens and dots make one."
              .formatted(Printable.of(name)));
    }
  }

  /// Only what IDNA2003 (the JDK's) and UTS-46 agree on is taken; the rest is refused rather than
  /// sent elsewhere (F-006).
  private static void requireUndisputed(int codePoint) {
    var type = Character.getType(codePoint);
    var letter =
        Character.isLetterOrDigit(codePoint)
            || type == Character.NON_SPACING_MARK
            || type == Character.COMBINING_SPACING_MARK;
    var plain = codePoint < 0x80 && codePoint > 0x20 && codePoint != 0x7f;
    if (DISPUTED.indexOf(codePoint) >= 0 || !(letter || plain) || codePoint > 0xffff) {
      throw new MalformedValueException(
          "The host name holds the character %s, which mail systems read differently. Use the name's xn-- form."
              .formatted(Printable.of(Character.toString(codePoint))));
    }
  }

  private static void requireLabel(String label, String typed) {
    if (label.isEmpty()) {
      throw new MalformedValueException(
          "\"%s\" has two dots in a row or begins with one.".formatted(Printable.of(typed)));
    }
    if (label.length() > LABEL_CHARACTERS_MAX) {
      throw new MalformedValueException(
          "A part of the host name has %d characters; between dots at most %d are possible."
              .formatted(label.length(), LABEL_CHARACTERS_MAX));
    }
    if (!label.chars().allMatch(HostName::isLabelCharacter)
        || label.startsWith("-")
        || label.endsWith("-")) {
      throw new MalformedValueException(
          "\"%s\" is no host name: letters, digits, hyphens and dots make one, such as smtp.example.com."
              .formatted(Printable.of(typed)));
    }
  }

  /// LDH and the underscore, which occurs in names of internal services.
  private static boolean isLabelCharacter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }
}
