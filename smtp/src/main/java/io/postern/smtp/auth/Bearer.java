package io.postern.smtp.auth;

import io.postern.smtp.Secret;
import java.nio.charset.StandardCharsets;

/// OAUTHBEARER (RFC 7628) and XOAUTH2 (Google, Microsoft): an access token in one response. A
/// refused token comes back as a challenge with JSON; a fixed answer then asks for the final reply
///
final class Bearer implements Mechanism {
  private final String name;
  private final String response;
  private final byte[] acknowledgement;

  private Bearer(String name, String response, byte[] acknowledgement) {
    this.name = name;
    this.response = response;
    this.acknowledgement = acknowledgement;
  }

  static Bearer oauthBearer(String username, Secret token, String host, int port) {
    var response =
        "n,a=%s,\u0001host=%s\u0001port=%d\u0001auth=Bearer %s\u0001\u0001"
            .formatted(saslName(username), host, port, token.reveal());
    return new Bearer("OAUTHBEARER", response, new byte[] {1});
  }

  static Bearer xoauth2(String username, Secret token) {
    var response = "user=%s\u0001auth=Bearer %s\u0001\u0001".formatted(username, token.reveal());
    return new Bearer("XOAUTH2", response, new byte[0]);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte[] initialResponse() {
    return response.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] answer(byte[] challenge) {
    return acknowledgement.clone();
  }

  @Override
  public boolean revealsSecret() {
    return true;
  }

  /// RFC 5801 section 4: comma and equals sign are escaped.
  private static String saslName(String username) {
    return username.replace("=", "=3D").replace(",", "=2C");
  }
}
