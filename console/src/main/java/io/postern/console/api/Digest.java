package io.postern.console.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Keys and tokens, and what is stored of them. They hold 256 bits of chance, so that a plain hash
/// keeps them: there is nothing to guess.
final class Digest {
  private static final int CHANCE_OCTETS = 32;

  private Digest() {}

  /// @param mark what it begins with, by which scanners of leaked secrets know it
  static String draw(RandomGenerator random, String mark) {
    var octets = new byte[CHANCE_OCTETS];
    random.nextBytes(octets);
    return mark + Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  /// SHA-256 in hexadecimal.
  static String of(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }
}
