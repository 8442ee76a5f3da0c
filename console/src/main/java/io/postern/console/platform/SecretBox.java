package io.postern.console.platform;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Encrypts what must not stand readable in the database: HKDF-SHA-256 of the instance key gives
/// each value a key of its own, AES-256-GCM seals it together with what it is bound to.
///
/// Form: version (1 octet), salt (32), nonce (12), ciphertext with tag.
public final class SecretBox {
  private static final byte VERSION = 1;
  private static final int SALT_OCTETS = 32;
  private static final int NONCE_OCTETS = 12;
  private static final int TAG_BITS = 128;

  private final byte[] key;
  private final RandomGenerator random;

  public SecretBox(byte[] key, RandomGenerator random) {
    this.key = key.clone();
    this.random = random;
  }

  /// @param purpose what kind of value this is, such as `smtp-password`
  /// @param bound what the value is bound to; opening needs exactly the same octets
  public byte[] seal(String purpose, byte[] bound, byte[] plain) {
    var salt = new byte[SALT_OCTETS];
    var nonce = new byte[NONCE_OCTETS];
    random.nextBytes(salt);
    random.nextBytes(nonce);
    try {
      var cipher = cipher(Cipher.ENCRYPT_MODE, purpose, salt, nonce);
      cipher.updateAAD(bound);
      var sealed = cipher.doFinal(plain);
      return ByteBuffer.allocate(1 + SALT_OCTETS + NONCE_OCTETS + sealed.length)
          .put(VERSION)
          .put(salt)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM or HKDF is missing from this Java runtime", e);
    }
  }

  /// @return the value, or null when the key, the purpose or the binding is another one, or the
  ///   octets were changed
  public byte @Nullable [] open(String purpose, byte[] bound, byte[] sealed) {
    if (sealed.length < 1 + SALT_OCTETS + NONCE_OCTETS + TAG_BITS / 8 || sealed[0] != VERSION) {
      return null;
    }
    var salt = Arrays.copyOfRange(sealed, 1, 1 + SALT_OCTETS);
    var nonce = Arrays.copyOfRange(sealed, 1 + SALT_OCTETS, 1 + SALT_OCTETS + NONCE_OCTETS);
    try {
      var cipher = cipher(Cipher.DECRYPT_MODE, purpose, salt, nonce);
      cipher.updateAAD(bound);
      return cipher.doFinal(
          sealed, 1 + SALT_OCTETS + NONCE_OCTETS, sealed.length - 1 - SALT_OCTETS - NONCE_OCTETS);
    } catch (GeneralSecurityException _) {
      // The tag does not fit: that is the answer, the exception says no more.
      return null;
    }
  }

  /// A key of its own for a purpose, the same in every process that has the instance key.
  ///
  /// @return 32 octets
  public byte[] derive(String purpose) {
    var parameters =
        HKDFParameterSpec.ofExtract()
            .addIKM(key)
            .thenExpand(("derived:" + purpose).getBytes(StandardCharsets.UTF_8), 32);
    try {
      return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF is missing from this Java runtime", e);
    }
  }

  private Cipher cipher(int mode, String purpose, byte[] salt, byte[] nonce)
      throws GeneralSecurityException {
    var parameters =
        HKDFParameterSpec.ofExtract()
            .addIKM(key)
            .addSalt(salt)
            .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), 32);
    SecretKey own = KDF.getInstance("HKDF-SHA256").deriveKey("AES", parameters);
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(own.getEncoded(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
