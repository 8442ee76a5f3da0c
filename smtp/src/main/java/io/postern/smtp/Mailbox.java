package io.postern.smtp;

/// A mail address (RFC 5321 section 4.1.2): local part kept verbatim, domain as lower-case A-label.
/// The one address parser of the product; linear in the input, at most 320 characters.
public record Mailbox(String localPart, HostName domain) {
  /// @throws MalformedValueException saying what is wrong and what would be valid
  public static Mailbox parse(String typed) {
    throw new UnsupportedOperationException(typed);
  }

  /// Whether sending to or from this address needs SMTPUTF8 (a non-ASCII local part, RFC 6531).
  public boolean needsSmtpUtf8() {
    throw new UnsupportedOperationException();
  }

  /// `local@domain`, quoted where the grammar asks for it.
  @Override
  public String toString() {
    throw new UnsupportedOperationException();
  }
}
