package io.postern.smtp.session;

import io.postern.smtp.diagnosis.Finding;
import java.io.IOException;

/// There is no access token to sign in with. The message is a sentence that says why.
public final class TokenMissingException extends IOException {
  private static final long serialVersionUID = 1L;

  public TokenMissingException(String sentence) {
    super(sentence);
  }

  Finding.TokenMissing finding() {
    return new Finding.TokenMissing(String.valueOf(getMessage()));
  }
}
