package io.postern.smtp;

/// The name with which the client introduces itself (RFC 5321 section 4.1.1.1). Beside host names
/// and address literals it may be what machines are called although the Domain grammar forbids it -
/// letters, digits, hyphens, underscores and dots in any order - for it is the server that judges
/// the name. Nothing else may stand in it, so that it is one word on the wire (F-403).
///
/// @param text a host name in the form of [HostName], or the irregular name in lower case
public record EhloName(String text) {
  public static final int OCTETS_MAX = HostName.NAME_OCTETS_MAX;

  /// @throws MalformedValueException when this is not the canonical form that [#parse(String)]
  ///   makes
  public EhloName {
    if (!text.equals(canonical(text))) {
      throw new MalformedValueException(
          "The EHLO name \"" + Printable.of(text) + "\" is not in its canonical form.");
    }
  }

  /// Reads what an operator typed.
  ///
  /// @throws MalformedValueException saying what is wrong and what would be valid
  public static EhloName parse(String typed) {
    return new EhloName(canonical(typed));
  }

  /// What the Domain grammar says against this name, a sentence; empty when it is regular.
  public String irregularity() {
    try {
      HostName.parse(text);
      return "";
    } catch (MalformedValueException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// The form that stands in EHLO: the name, or the address literal (RFC 5321 section 4.1.3).
  public String inEhlo() {
    return irregularity().isEmpty() ? HostName.parse(text).inEhlo() : text;
  }

  @Override
  public String toString() {
    return text;
  }

  private static String canonical(String typed) {
    try {
      return HostName.parse(typed).ascii();
    } catch (MalformedValueException e) {
      if (isOneWord(typed)) {
        return lower(typed);
      }
      throw e;
    }
  }

  private static boolean isOneWord(String typed) {
    return !typed.isEmpty()
        && typed.length() <= OCTETS_MAX
        && typed.chars().allMatch(EhloName::mayStandInIt);
  }

  private static boolean mayStandInIt(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }

  private static String lower(String typed) {
    return typed.toLowerCase(java.util.Locale.ROOT);
  }
}
