package io.postern.smtp.auth;

import io.postern.smtp.Secret;
import java.nio.charset.StandardCharsets;

/// PLAIN (RFC 4616): NUL, user name, NUL, password, in one response.
record Plain(String username, Secret password) implements Mechanism {
  @Override
  public String name() {
    return "PLAIN";
  }

  @Override
  public byte[] initialResponse() {
    return ("\0" + username + "\0" + password.reveal()).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] answer(byte[] challenge) throws SaslException {
    throw new SaslException(
        "The server asked a second question, which PLAIN does not have.", false);
  }

  @Override
  public boolean revealsSecret() {
    return true;
  }
}
