package io.postern.console.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// With what a checkpoint's signature is proved: no secret, and worth most where the database is
/// not.
public final class CheckpointPublicKey {
  /// Of the X.509 form of an Ed25519 key (RFC 8410).
  static final int OCTETS = 44;

  private static final int ID_DIGITS = 16;
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----\n";
  private static final String END = "\n-----END PUBLIC KEY-----\n";
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

  private final byte[] encoded;
  private final PublicKey key;

  private CheckpointPublicKey(byte[] encoded) throws GeneralSecurityException {
    this.encoded = encoded.clone();
    this.key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  static CheckpointPublicKey of(byte[] encoded) throws GeneralSecurityException {
    return new CheckpointPublicKey(encoded);
  }

  /// Reads what [#pem] wrote, one or several.
  ///
  /// @return null when the text holds no key of this kind, or one that is none
  public static @Nullable List<CheckpointPublicKey> ofPem(String text) {
    var found = PEM.matcher(text);
    var keys = new ArrayList<CheckpointPublicKey>();
    try {
      while (found.find()) {
        keys.add(of(Base64.getMimeDecoder().decode(found.group(1))));
      }
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      // The caller says what is expected.
      return null;
    }
    return keys.isEmpty() ? null : List.copyOf(keys);
  }

  public String pem() {
    return BEGIN + Base64.getEncoder().encodeToString(encoded) + END;
  }

  /// Names the key: the first digits of the SHA-256 of its X.509 form.
  public String id() {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(encoded);
      return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
    }
  }

  boolean signed(Checkpoint checkpoint) {
    if (!checkpoint.keyId().equals(id())) {
      return false;
    }
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(checkpoint.signed());
      return signature.verify(HexFormat.of().parseHex(checkpoint.signature()));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      // Somebody wrote something else in its place.
      return false;
    }
  }
}
