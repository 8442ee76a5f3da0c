package io.postern.smtp;

import org.jspecify.annotations.Nullable;

/// A SASL mechanism that carries a user name and a password, the strongest first.
public enum PasswordMechanism {
  SCRAM_SHA_256_PLUS,
  SCRAM_SHA_256,
  SCRAM_SHA_1_PLUS,
  SCRAM_SHA_1,
  PLAIN,
  LOGIN,
  CRAM_MD5;

  /// The name behind AUTH, such as `SCRAM-SHA-256-PLUS`.
  public String word() {
    return name().replace('_', '-');
  }

  /// @return null when this is the name of none
  public static @Nullable PasswordMechanism ofWord(String word) {
    for (var mechanism : values()) {
      if (mechanism.word().equals(word)) {
        return mechanism;
      }
    }
    return null;
  }
}
