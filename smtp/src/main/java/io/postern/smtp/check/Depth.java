package io.postern.smtp.check;

/// How far a check goes.
public enum Depth {
  /// Up to and including the sign-in.
  LOGIN("login"),
  /// Up to MAIL FROM and, with a recipient, RCPT TO; no content.
  ENVELOPE("envelope"),
  /// A real test message.
  MESSAGE("message");

  private final String word;

  Depth(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
