package io.postern.smtp.auth;

import io.postern.smtp.Secret;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// LOGIN (draft-murchison-sasl-login): two prompts, whose text is not trusted; a third ends the
/// exchange.
final class Login implements Mechanism {
  private final String username;
  private final Secret password;
  private int prompts;

  Login(String username, Secret password) {
    this.username = username;
    this.password = password;
  }

  @Override
  public String name() {
    return "LOGIN";
  }

  @Override
  public byte @Nullable [] initialResponse() {
    return null;
  }

  @Override
  public byte[] answer(byte[] challenge) throws SaslException {
    prompts++;
    return switch (prompts) {
      case 1 -> username.getBytes(StandardCharsets.UTF_8);
      case 2 -> password.reveal().getBytes(StandardCharsets.UTF_8);
      default ->
          throw new SaslException(
              "The server asked a third question, which LOGIN does not have.", false);
    };
  }

  @Override
  public boolean revealsSecret() {
    return true;
  }
}
