package io.postern.console.platform;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Encrypts what must not stand readable in the database. Each value has a random key of its own,
/// used once; AES-256-GCM seals the value with it, together with purpose and binding, and
/// the value's key with the instance key. So the instance key is changed by wrapping anew,
/// without reading the values.
///
/// Form: version 2 (1 octet), identifier of the instance key (8), nonce (12), wrapped key (48),
/// nonce (12), ciphertext with tag. Values of version 1 are read too: there the key was derived
/// from the instance key: version 1 (1 octet), salt (32), nonce (12), ciphertext with tag.
public final class SecretBox {
  static final byte VERSION = 2;

  private static final String AES_GCM = "AES/GCM/NoPadding";

  /// Asking all providers anew takes longer than to seal a letter.
  private static final Provider PROVIDER = provider();

  private static final byte VERSION_1 = 1;
  private static final int SALT_OCTETS = 32;
  private static final int NONCE_OCTETS = 12;
  private static final int TAG_OCTETS = 16;
  private static final int KEY_OCTETS = 32;
  private static final int WRAPPED_OCTETS = KEY_OCTETS + TAG_OCTETS;
  private static final int HEAD_OCTETS = 1 + InstanceKey.ID_OCTETS;
  private static final int ENVELOPE_OCTETS = HEAD_OCTETS + NONCE_OCTETS + WRAPPED_OCTETS;
  private static final int VERSION_1_OCTETS = 1 + SALT_OCTETS + NONCE_OCTETS;

  private final Keys keys;
  private final RandomGenerator random;

  /// With one key that is never changed.
  public SecretBox(byte[] key, RandomGenerator random) {
    this(Keys.fixed(KeyRing.of(new InstanceKey(key))), random);
  }

  SecretBox(Keys keys, RandomGenerator random) {
    this.keys = keys;
    this.random = random;
  }

  /// @param purpose what kind of value this is, such as `smtp-password`
  /// @param bound what the value is bound to; opening needs exactly the same octets
  public byte[] seal(String purpose, byte[] bound, byte[] plain) {
    // One draw for all three: the source of chance has a lock, and many seal at once.
    var chance = octets(KEY_OCTETS + 2 * NONCE_OCTETS);
    var own = Arrays.copyOf(chance, KEY_OCTETS);
    var nonce = Arrays.copyOfRange(chance, KEY_OCTETS, KEY_OCTETS + NONCE_OCTETS);
    var outer = Arrays.copyOfRange(chance, KEY_OCTETS + NONCE_OCTETS, chance.length);
    var sealed = encrypt(own, nonce, binding(purpose, bound), plain);
    var envelope = envelope(own, outer);
    // The runtime keeps copies in its ciphers until they are collected; ours do not stay.
    Arrays.fill(own, (byte) 0);
    Arrays.fill(chance, (byte) 0);
    return ByteBuffer.allocate(ENVELOPE_OCTETS + NONCE_OCTETS + sealed.length)
        .put(envelope)
        .put(nonce)
        .put(sealed)
        .array();
  }

  /// @return the value, or null when the key, the purpose or the binding is another one, or the
  ///   octets were changed
  public byte @Nullable [] open(String purpose, byte[] bound, byte[] sealed) {
    if (sealed.length > 0 && sealed[0] == VERSION_1) {
      return openVersion1(purpose, bound, sealed);
    }
    var own = unwrap(sealed);
    if (own == null) {
      return null;
    }
    var nonce = Arrays.copyOfRange(sealed, ENVELOPE_OCTETS, ENVELOPE_OCTETS + NONCE_OCTETS);
    var content = Arrays.copyOfRange(sealed, ENVELOPE_OCTETS + NONCE_OCTETS, sealed.length);
    try {
      return decrypt(own, nonce, binding(purpose, bound), content);
    } finally {
      Arrays.fill(own, (byte) 0);
    }
  }

  /// The same value under the key that seals now.
  ///
  /// @return null when it cannot be opened
  byte @Nullable [] renew(String purpose, byte[] bound, byte[] sealed) {
    if (sealed.length > 0 && sealed[0] == VERSION_1) {
      return renewVersion1(purpose, bound, sealed);
    }
    var own = unwrap(sealed);
    if (own == null) {
      return null;
    }
    var envelope = envelope(own, octets(NONCE_OCTETS));
    Arrays.fill(own, (byte) 0);
    return ByteBuffer.allocate(sealed.length)
        .put(envelope)
        .put(sealed, ENVELOPE_OCTETS, sealed.length - ENVELOPE_OCTETS)
        .array();
  }

  private byte @Nullable [] renewVersion1(String purpose, byte[] bound, byte[] sealed) {
    var plain = openVersion1(purpose, bound, sealed);
    if (plain == null) {
      return null;
    }
    var renewed = seal(purpose, bound, plain);
    Arrays.fill(plain, (byte) 0);
    return renewed;
  }

  /// What stands before every value that a key seals.
  static byte[] head(InstanceKey key) {
    return ByteBuffer.allocate(HEAD_OCTETS).put(VERSION).put(key.id()).array();
  }

  private byte[] envelope(byte[] own, byte[] nonce) {
    var key = keys.sealing();
    var head = head(key);
    return ByteBuffer.allocate(ENVELOPE_OCTETS)
        .put(head)
        .put(nonce)
        .put(encrypt(key.wrapping(), nonce, head, own))
        .array();
  }

  private byte @Nullable [] unwrap(byte[] sealed) {
    if (sealed.length < ENVELOPE_OCTETS + NONCE_OCTETS + TAG_OCTETS || sealed[0] != VERSION) {
      return null;
    }
    var head = Arrays.copyOf(sealed, HEAD_OCTETS);
    var id = Arrays.copyOfRange(head, 1, HEAD_OCTETS);
    var known = keys.ring().find(id);
    var key = known == null ? keys.again().find(id) : known;
    if (key == null) {
      return null;
    }
    var nonce = Arrays.copyOfRange(sealed, HEAD_OCTETS, HEAD_OCTETS + NONCE_OCTETS);
    var wrapped = Arrays.copyOfRange(sealed, HEAD_OCTETS + NONCE_OCTETS, ENVELOPE_OCTETS);
    return decrypt(key.wrapping(), nonce, head, wrapped);
  }

  /// Such a value does not say which key it needs.
  private byte @Nullable [] openVersion1(String purpose, byte[] bound, byte[] sealed) {
    if (sealed.length < VERSION_1_OCTETS + TAG_OCTETS) {
      return null;
    }
    var salt = Arrays.copyOfRange(sealed, 1, 1 + SALT_OCTETS);
    var nonce = Arrays.copyOfRange(sealed, 1 + SALT_OCTETS, VERSION_1_OCTETS);
    var content = Arrays.copyOfRange(sealed, VERSION_1_OCTETS, sealed.length);
    for (var key : keys.ring().keys()) {
      var derived = key.derive(salt, purpose);
      var plain = decrypt(derived, nonce, bound, content);
      Arrays.fill(derived, (byte) 0);
      if (plain != null) {
        return plain;
      }
    }
    return null;
  }

  private byte[] octets(int count) {
    var octets = new byte[count];
    random.nextBytes(octets);
    return octets;
  }

  /// Purpose and binding, each told from the other by its length.
  private static byte[] binding(String purpose, byte[] bound) {
    var name = purpose.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + name.length + bound.length)
        .putInt(name.length)
        .put(name)
        .put(bound)
        .array();
  }

  private static byte[] encrypt(byte[] key, byte[] nonce, byte[] bound, byte[] plain) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key, nonce, bound).doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is missing from this Java runtime", e);
    }
  }

  private static byte @Nullable [] decrypt(byte[] key, byte[] nonce, byte[] bound, byte[] sealed) {
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, bound).doFinal(sealed);
    } catch (GeneralSecurityException _) {
      // The tag does not fit: that is the answer, the exception says no more.
      return null;
    }
  }

  private static Provider provider() {
    try {
      return Cipher.getInstance(AES_GCM).getProvider();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is missing from this Java runtime", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] bound)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance(AES_GCM, PROVIDER);
    cipher.init(
        mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_OCTETS * Byte.SIZE, nonce));
    cipher.updateAAD(bound);
    return cipher;
  }
}
