package io.postern.smtp;

import java.nio.charset.StandardCharsets;

/// A mail address (RFC 5321 section 4.1.2): local part kept verbatim, domain as lower-case A-label.
/// The one address parser of the product (R-504); linear in the input.
///
/// @param localPart without quotes and escapes; compared by case, as the standard demands
/// @param domain a name; address literals are refused (R-267)
public record Mailbox(String localPart, HostName domain) {
  /// Longer input is refused before it is read.
  public static final int CHARACTERS_MAX = 320;

  /// RFC 5321 section 4.5.3.1.1.
  public static final int LOCAL_PART_OCTETS_MAX = 64;

  /// RFC 5321 section 4.5.3.1.3: 256 octets with the angle brackets.
  public static final int PATH_OCTETS_MAX = 254;

  private static final String ATOM_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

  /// @throws MalformedValueException saying what is wrong and what would be valid
  public static Mailbox parse(String typed) {
    if (typed.length() > CHARACTERS_MAX) {
      throw new MalformedValueException(
          "The address has %d characters; at most %d are possible."
              .formatted(typed.length(), CHARACTERS_MAX));
    }
    if (!typed.contains("@")) {
      throw new MalformedValueException(
          "\"%s\" has no @; an address such as name@example.com is needed."
              .formatted(Printable.of(typed)));
    }
    var quoted = typed.startsWith("\"");
    var at = quoted ? endOfQuotes(typed) : typed.indexOf('@');
    var localPart = quoted ? unquote(typed, at) : typed.substring(0, at);
    if (!quoted) {
      requireDotAtom(localPart, typed);
    }
    if (localPart.getBytes(StandardCharsets.UTF_8).length > LOCAL_PART_OCTETS_MAX) {
      throw new MalformedValueException(
          "The part before the @ is longer than %d octets.".formatted(LOCAL_PART_OCTETS_MAX));
    }
    var mailbox = new Mailbox(localPart, domain(typed.substring(at + 1), typed));
    if (mailbox.toString().getBytes(StandardCharsets.UTF_8).length > PATH_OCTETS_MAX) {
      throw new MalformedValueException(
          "The address is longer than %d octets.".formatted(PATH_OCTETS_MAX));
    }
    return mailbox;
  }

  /// Whether sending to or from this address needs SMTPUTF8 (a non-ASCII local part, RFC 6531).
  public boolean needsSmtpUtf8() {
    return localPart.chars().anyMatch(c -> c > 0x7e);
  }

  /// `local@domain`, quoted where the grammar asks for it.
  @Override
  public String toString() {
    return (isDotAtom(localPart) ? localPart : quote(localPart)) + "@" + domain.ascii();
  }

  private static HostName domain(String text, String typed) {
    if (text.contains("@")) {
      throw new MalformedValueException(
          "\"%s\" has more than one @; exactly one address is needed."
              .formatted(Printable.of(typed)));
    }
    if (text.isEmpty()) {
      throw new MalformedValueException(
          "\"%s\" has no domain; an address such as name@example.com is needed."
              .formatted(Printable.of(typed)));
    }
    if (text.startsWith("[") || HostName.parse(text).isAddress()) {
      throw new MalformedValueException(
          "The address ends in an IP address; a domain such as example.com is needed.");
    }
    return HostName.parse(text);
  }

  private static void requireDotAtom(String localPart, String typed) {
    if (!isDotAtom(localPart)) {
      throw new MalformedValueException(
          "\"%s\" is no address: before the @ stand letters, digits, dots between them and %s."
              .formatted(Printable.of(typed), ATOM_SPECIALS));
    }
  }

  private static boolean isDotAtom(String text) {
    return !text.isEmpty()
        && !text.startsWith(".")
        && !text.endsWith(".")
        && !text.contains("..")
        && text.codePoints().allMatch(Mailbox::isAtomText);
  }

  private static boolean isAtomText(int c) {
    return c < 0x80
        ? Character.isLetterOrDigit(c) || c == '.' || ATOM_SPECIALS.indexOf(c) >= 0
        : Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
  }

  /// @return where the @ stands behind the closing quote
  private static int endOfQuotes(String typed) {
    for (var i = 1; i < typed.length(); i++) {
      var c = typed.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        if (i > 1 && i + 1 < typed.length() && typed.charAt(i + 1) == '@') {
          return i + 1;
        }
        break;
      }
    }
    throw new MalformedValueException(
        "\"%s\" begins with a quote that does not end before the @."
            .formatted(Printable.of(typed)));
  }

  private static String unquote(String typed, int at) {
    var content = new StringBuilder();
    for (var i = 1; i < at - 1; i++) {
      var c = typed.charAt(i);
      if (c == '\\') {
        c = typed.charAt(++i);
      }
      if (c < 0x20 || c > 0x7e) {
        throw new MalformedValueException(
            "The quoted part before the @ holds a character that no address may hold.");
      }
      content.append(c);
    }
    return content.toString();
  }

  private static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
