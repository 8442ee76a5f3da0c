package io.postern.smtp;

/// The grammar of host names: LDH labels (RFC 1123 section 2.1), internationalized labels by
/// [InternationalLabel], canonical IP literals. One pass, no regular expressions.
final class HostNameGrammar {
  private static final int TYPED_CHARACTERS_MAX = 320;

  /// Of what was typed, as a sentence shows it: control characters are written out and grow.
  private static final int QUOTED_CHARACTERS_MAX = 320;

  private HostNameGrammar() {}

  static String canonical(String typed) {
    if (typed.isEmpty()) {
      throw new MalformedValueException(
          "The host name is empty; it is a name such as smtp.example.com.");
    }
    if (typed.length() > TYPED_CHARACTERS_MAX) {
      throw new MalformedValueException(
          "The host name has " + typed.length() + " characters; a name has at most 253.");
    }
    refuseWhatIsNoHost(typed);
    if (typed.startsWith("[") || typed.indexOf(':') >= 0) {
      return AddressLiteral.bracketedOrIpv6(typed);
    }
    String name = typed.endsWith(".") ? typed.substring(0, typed.length() - 1) : typed;
    if (endsInNumber(name)) {
      return AddressLiteral.ipv4(name);
    }
    return labels(name, typed);
  }

  /// Whether the last label is a number, which makes the whole a try at an IPv4 address: no top
  /// level domain is numeric, and resolvers read `127.1`, `0x7f.1` and `2130706433` as addresses.
  static boolean endsInNumber(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    if (last.isEmpty()) {
      return false;
    }
    if (last.length() > 1 && (last.startsWith("0x") || last.startsWith("0X"))) {
      return last.chars().skip(2).allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80);
    }
    return last.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static void refuseWhatIsNoHost(String typed) {
    int scheme = typed.indexOf("://");
    if (scheme >= 0) {
      throw bad(
          typed,
          "is a URL; only the host name belongs here, without "
              + typed.substring(0, scheme)
              + "://");
    }
    for (int at = 0; at < typed.length(); at++) {
      String reason =
          switch (typed.charAt(at)) {
            case '\r', '\n', '\u0085', '\u2028', '\u2029' ->
                "contains a line break; a host name is one line";
            case ' ', '\t', '\u00A0' -> "contains a blank; a host name has none";
            case '@' ->
                "contains @ as a mail address does; a server is a host name such as smtp.example.com";
            case '/', '\\', '?', '#' -> "contains a path; only the host name belongs here";
            case '%' -> "contains %; a host name or an address without zone belongs here";
            case ',', ';' -> "names several hosts; one host belongs here";
            default -> "";
          };
      if (!reason.isEmpty()) {
        throw bad(typed, reason);
      }
    }
    int colon = typed.indexOf(':');
    if (colon >= 0 && colon == typed.lastIndexOf(':') && !typed.startsWith("[")) {
      throw bad(typed, "contains a colon; the port has its own field");
    }
  }

  private static String labels(String name, String typed) {
    StringBuilder ascii = new StringBuilder(name.length());
    int start = 0;
    while (start <= name.length()) {
      int dot = name.indexOf('.', start);
      int end = dot < 0 ? name.length() : dot;
      if (end == start) {
        throw bad(typed, "has an empty label: two dots in a row, or one at the start");
      }
      ascii.append(ascii.isEmpty() ? "" : ".").append(label(name.substring(start, end), typed));
      start = end + 1;
    }
    if (ascii.length() > HostName.NAME_OCTETS_MAX) {
      throw bad(typed, "has " + ascii.length() + " octets; a name has at most 253");
    }
    return ascii.toString();
  }

  private static String label(String label, String typed) {
    for (int at = 0; at < label.length(); at++) {
      char c = label.charAt(at);
      if (c >= 0x80) {
        return InternationalLabel.toAscii(label, typed);
      }
      if (!isLetterDigitHyphen(c)) {
        throw bad(
            typed, "contains " + shown(c) + "; letters, digits, hyphens and dots are allowed");
      }
    }
    checkShape(label, typed);
    return lowerAscii(label);
  }

  /// The outer rules of an ASCII label: length and no hyphen at an end.
  static void checkShape(String label, String typed) {
    if (label.length() > HostName.LABEL_OCTETS_MAX) {
      throw bad(typed, "has a label of " + label.length() + " octets; 63 is the most");
    }
    if (label.startsWith("-") || label.endsWith("-")) {
      throw bad(typed, "has a label that starts or ends with a hyphen");
    }
  }

  static MalformedValueException bad(String typed, String reason) {
    var shown = Printable.of(typed);
    if (shown.length() > QUOTED_CHARACTERS_MAX) {
      var pair = Character.isHighSurrogate(shown.charAt(QUOTED_CHARACTERS_MAX - 1));
      shown = shown.substring(0, QUOTED_CHARACTERS_MAX - (pair ? 1 : 0)) + "\u2026";
    }
    return new MalformedValueException("\"" + shown + "\" " + reason + ".");
  }

  static String shown(int codePoint) {
    return Printable.isHarmless(codePoint)
        ? "\"" + Character.toString(codePoint) + "\""
        : String.format("the character U+%04X", codePoint);
  }

  private static boolean isLetterDigitHyphen(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  }

  private static String lowerAscii(String label) {
    StringBuilder lower = new StringBuilder(label.length());
    for (int at = 0; at < label.length(); at++) {
      char c = label.charAt(at);
      lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return lower.toString();
  }
}
