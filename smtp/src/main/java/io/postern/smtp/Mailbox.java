package io.postern.smtp;

/// A mail address (RFC 5321 section 4.1.2): local part kept verbatim, domain as lower-case A-label.
/// The one address parser of the product (R-504); linear in the input, at most 320 characters.
///
/// @param localPart the mailbox name itself, without quotes and backslashes: `"a b"@x.example` has
///   the local part `a b`, and `"ab"@x.example` is the same mailbox as `ab@x.example`
public record Mailbox(String localPart, HostName domain) {
  /// @throws MalformedValueException when the parts cannot be written as a mailbox
  public Mailbox {
    MailboxGrammar.checkLocalPart(localPart);
    if (domain.isAddress()) {
      throw new MalformedValueException(
          "The mail address ends in the address " + domain + "; after the @ stands a domain name.");
    }
    MailboxGrammar.checkPath(localPart, domain);
  }

  /// @throws MalformedValueException saying what is wrong and what would be valid
  public static Mailbox parse(String typed) {
    return MailboxGrammar.parse(typed);
  }

  /// Whether sending to or from this address needs SMTPUTF8 (a non-ASCII local part, RFC 6531).
  public boolean needsSmtpUtf8() {
    for (var i = 0; i < localPart.length(); i++) {
      if (localPart.charAt(i) >= 0x80) {
        return true;
      }
    }
    return false;
  }

  /// `local@domain`, quoted where the grammar asks for it.
  @Override
  public String toString() {
    return MailboxGrammar.printedLocalPart(localPart) + "@" + domain;
  }
}
