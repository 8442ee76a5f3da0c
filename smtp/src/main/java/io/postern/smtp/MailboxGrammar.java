package io.postern.smtp;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/// The grammar of mailboxes: dot-string or quoted-string local part (RFC 5321 section 4.1.2),
/// extended by UTF-8 letters (RFC 6531 section 3.3). No comments, no folding, no display name, no
/// groups, no routes, no address literals (R-267).
final class MailboxGrammar {
  private static final int TYPED_CHARACTERS_MAX = 320;
  private static final int LOCAL_PART_OCTETS_MAX = 64;
  private static final int PATH_OCTETS_MAX = 256;
  private static final String ATEXT_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

  private MailboxGrammar() {}

  static Mailbox parse(String typed) {
    if (typed.isEmpty()) {
      throw new MalformedValueException(
          "The mail address is empty; it looks like postmaster@example.com.");
    }
    if (typed.length() > TYPED_CHARACTERS_MAX) {
      throw new MalformedValueException(
          "The mail address has " + typed.length() + " characters; one has at most 254.");
    }
    boolean quoted = typed.startsWith("\"");
    int at = quoted ? endOfQuotedString(typed) : typed.indexOf('@');
    if (at < 0 || at >= typed.length() || typed.charAt(at) != '@') {
      throw bad(
          typed,
          quoted
              ? "has no @ behind the closing quote"
              : "has no @; it looks like postmaster@example.com");
    }
    String local = quoted ? unquoted(typed.substring(1, at - 1)) : dotString(typed, at);
    return new Mailbox(local, domain(typed, typed.substring(at + 1)));
  }

  /// Refuses also what the grammar allows and widespread readers misread: Angus Mail takes a quote
  /// behind any backslash for an escaped one, so `"a\\"@x.example` has no end for it (F-412).
  static void checkLocalPart(String localPart) {
    int octets = localPart.getBytes(StandardCharsets.UTF_8).length;
    if (localPart.isEmpty()) {
      throw new MalformedValueException("The mail address has nothing before the @.");
    }
    if (octets > LOCAL_PART_OCTETS_MAX) {
      throw new MalformedValueException(
          "The mail address has " + octets + " octets before the @; 64 is the most.");
    }
    if (localPart.endsWith("\\")) {
      throw new MalformedValueException(
          "The mail address has a backslash right before the closing quote; mail programs disagree"
              + " about where such an address ends.");
    }
    localPart.codePoints().forEach(MailboxGrammar::checkCharacter);
  }

  static void checkPath(String localPart, HostName domain) {
    int octets =
        printedLocalPart(localPart).getBytes(StandardCharsets.UTF_8).length
            + domain.ascii().length()
            + "<@>".length();
    if (octets > PATH_OCTETS_MAX) {
      throw new MalformedValueException(
          "The mail address is too long; with its angle brackets it has "
              + octets
              + " octets, 256 is the most.");
    }
  }

  static String printedLocalPart(String localPart) {
    if (isDotString(localPart)) {
      return localPart;
    }
    StringBuilder quoted = new StringBuilder(localPart.length() + 4).append('"');
    for (int at = 0; at < localPart.length(); at++) {
      char c = localPart.charAt(at);
      quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
    }
    return quoted.append('"').toString();
  }

  /// The index behind the closing quote; -1 when there is none.
  private static int endOfQuotedString(String typed) {
    for (int at = 1; at < typed.length(); at++) {
      if (typed.charAt(at) == '\\') {
        at++;
      } else if (typed.charAt(at) == '"') {
        return at + 1;
      }
    }
    return -1;
  }

  private static String unquoted(String inside) {
    StringBuilder plain = new StringBuilder(inside.length());
    for (int at = 0; at < inside.length(); at++) {
      if (inside.charAt(at) == '\\') {
        at++;
        if (inside.charAt(at) >= 0x80) {
          throw new MalformedValueException(
              "The mail address has a backslash before a letter beyond ASCII; it stands before"
                  + " printable ASCII only.");
        }
      }
      plain.append(inside.charAt(at));
    }
    return plain.toString();
  }

  private static String dotString(String typed, int at) {
    String local = typed.substring(0, at);
    if (typed.indexOf('@', at + 1) >= 0) {
      boolean several = typed.indexOf(',') >= 0 || typed.indexOf(';') >= 0;
      throw bad(
          typed, several ? "is more than one address; one belongs here" : "has more than one @");
    }
    if (typed.indexOf('<') >= 0) {
      throw bad(typed, "has a name or angle brackets; only the address itself belongs here");
    }
    if (local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
      throw bad(typed, "has a dot at an end of its first part, or two dots in a row");
    }
    local
        .codePoints()
        .filter(c -> !isAtext(c) && c != '.')
        .findFirst()
        .ifPresent(c -> {
          throw bad(
              typed,
              "contains "
                  + (c == ' ' ? "a blank" : HostNameGrammar.shown(c))
                  + ", which is not allowed before the @");
        });
    return local;
  }

  private static HostName domain(String typed, String domain) {
    if (domain.isEmpty()) {
      throw bad(typed, "has no domain behind the @");
    }
    if (domain.startsWith("[")) {
      throw bad(typed, "ends in an address literal; after the @ stands a domain name");
    }
    refuseWhatIsNoDomain(typed, domain);
    try {
      return HostName.parse(domain);
    } catch (MalformedValueException e) {
      throw new MalformedValueException(
          "The domain of the mail address is wrong: " + e.getMessage());
    }
  }

  /// What a host name is told of ports, paths and several hosts would mislead whoever enters an
  /// address.
  private static void refuseWhatIsNoDomain(String typed, String domain) {
    for (var at = 0; at < domain.length(); at++) {
      var c = domain.charAt(at);
      if (c == ',' || c == ';') {
        throw bad(typed, "is more than one address; one belongs here");
      }
      if (":/\\?#%".indexOf(c) >= 0) {
        throw bad(
            typed,
            "contains "
                + HostNameGrammar.shown(c)
                + " after the @; the address ends with its domain, such as example.com");
      }
    }
  }

  private static boolean isDotString(String local) {
    return !local.startsWith(".")
        && !local.endsWith(".")
        && !local.contains("..")
        && local.codePoints().allMatch(c -> isAtext(c) || c == '.');
  }

  private static boolean isAtext(int c) {
    if (c >= 0x80) {
      return !Character.isSpaceChar(c) && Printable.isHarmless(c);
    }
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || ATEXT_SPECIALS.indexOf(c) >= 0;
  }

  private static void checkCharacter(int c) {
    boolean allowed = c < 0x80 ? c >= ' ' && c <= '~' : isAtext(c) && !foldsIntoAscii(c);
    if (!allowed) {
      throw new MalformedValueException(
          "The mail address contains "
              + HostNameGrammar.shown(c)
              + " before the @; letters, digits and printable signs are allowed.");
    }
  }

  /// Full-width signs and the like: other software folds them into `@`, `.` or quotes and then
  /// reads another address (F-412).
  private static boolean foldsIntoAscii(int c) {
    return Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC)
        .chars()
        .anyMatch(folded -> folded < 0x80);
  }

  private static MalformedValueException bad(String typed, String reason) {
    return HostNameGrammar.bad(typed, reason);
  }
}
