package io.postern.console.audit;

import io.postern.console.platform.InstanceSecrets;
import io.postern.console.platform.database.Transaction;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The key that signs checkpoints: an Ed25519 pair, made by the first process that needs it and
/// sealed in the database under the instance key, as every secret of the instance is.
final class CheckpointKey {
  private static final String NAME = "audit-checkpoint";

  private final PrivateKey secret;
  private final CheckpointPublicKey open;

  /// @param stored the public key (X.509), then the private one (PKCS #8)
  private CheckpointKey(byte[] stored) {
    try {
      open = CheckpointPublicKey.of(Arrays.copyOf(stored, CheckpointPublicKey.OCTETS));
      var rest = Arrays.copyOfRange(stored, CheckpointPublicKey.OCTETS, stored.length);
      secret = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(rest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The key of the audit log's checkpoints is none", e);
    }
  }

  /// The instance's key; a new one where there is none, or none that the instance key opens.
  static CheckpointKey orMake(InstanceSecrets secrets) {
    return new CheckpointKey(secrets.orMake(NAME, CheckpointKey::fresh));
  }

  /// @return null where there is none, or none that the instance key opens
  static @Nullable CheckpointKey find(Transaction tx, InstanceSecrets secrets) {
    var stored = secrets.find(tx, NAME);
    return stored == null ? null : new CheckpointKey(stored);
  }

  CheckpointPublicKey open() {
    return open;
  }

  /// @return the signature in hexadecimal
  String sign(byte[] octets) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(octets);
      return HexFormat.of().formatHex(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 is missing from this Java runtime", e);
    }
  }

  private static byte[] fresh() {
    try {
      var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      var stored = new ByteArrayOutputStream();
      stored.writeBytes(pair.getPublic().getEncoded());
      stored.writeBytes(pair.getPrivate().getEncoded());
      return stored.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 is missing from this Java runtime", e);
    }
  }
}
