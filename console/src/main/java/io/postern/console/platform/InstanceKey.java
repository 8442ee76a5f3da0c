package io.postern.console.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/// One key of the key file, with what is derived from it by HKDF-SHA-256. Has no printable form but
/// its name.
final class InstanceKey {
  static final int OCTETS = 32;
  static final int ID_OCTETS = 8;

  private final byte[] octets;
  private final byte[] id;
  private final byte[] wrapping;

  InstanceKey(byte[] octets) {
    this.octets = octets.clone();
    this.id = Arrays.copyOf(derive(null, "derived:key-id"), ID_OCTETS);
    this.wrapping = derive(null, "derived:wrap");
  }

  /// What stands before each value that it seals: tells the keys apart and nothing of them.
  byte[] id() {
    return id.clone();
  }

  boolean has(byte[] otherId) {
    return Arrays.equals(id, otherId);
  }

  /// The identifier as an operator reads it.
  String name() {
    return HexFormat.of().formatHex(id);
  }

  /// By what the database knows its key.
  String mark() {
    return HexFormat.of().formatHex(derive(null, "derived:key-mark"));
  }

  /// The line of the key file.
  String line() {
    return HexFormat.of().formatHex(octets);
  }

  /// Wraps the keys of values.
  byte[] wrapping() {
    return wrapping.clone();
  }

  /// @return 32 octets
  byte[] derive(byte @Nullable [] salt, String info) {
    var extract = HKDFParameterSpec.ofExtract().addIKM(octets);
    if (salt != null) {
      extract.addSalt(salt);
    }
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(extract.thenExpand(info.getBytes(StandardCharsets.UTF_8), OCTETS));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF is missing from this Java runtime", e);
    }
  }
}
