package io.postern.smtp.auth;

import io.postern.smtp.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// CRAM-MD5 (RFC 2195): keyed digest of a challenge. The server proves nothing.
record CramMd5(String username, Secret password) implements Mechanism {
  @Override
  public String name() {
    return "CRAM-MD5";
  }

  @Override
  public byte @Nullable [] initialResponse() {
    return null;
  }

  @Override
  public byte[] answer(byte[] challenge) throws SaslException {
    try {
      var mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(password.reveal().getBytes(StandardCharsets.UTF_8), "HmacMD5"));
      var digest = HexFormat.of().formatHex(mac.doFinal(challenge));
      return (username + " " + digest).getBytes(StandardCharsets.UTF_8);
    } catch (GeneralSecurityException _) {
      // A runtime without MD5 (FIPS) cannot; the sentence says what to change.
      throw new SaslException(
          "This Java runtime has no MD5; choose another mechanism on the server.", false);
    }
  }

  @Override
  public boolean revealsSecret() {
    return false;
  }
}
