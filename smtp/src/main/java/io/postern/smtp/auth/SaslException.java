package io.postern.smtp.auth;

/// The exchange cannot go on: the server's challenge breaks the mechanism's rules.
public final class SaslException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean unproven;

  /// @param unproven whether the server failed to prove that it knows the password
  public SaslException(String sentence, boolean unproven) {
    super(sentence);
    this.unproven = unproven;
  }

  public boolean isUnproven() {
    return unproven;
  }
}
