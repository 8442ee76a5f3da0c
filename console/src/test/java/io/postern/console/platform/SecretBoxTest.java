package io.postern.console.platform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// sealed values open only with the same key, purpose and binding.
class SecretBoxTest {
  private static final byte[] BOUND = octets("smtp.example.com:587");
  private static final byte[] PLAIN = octets("correct horse battery staple");
  private final SecretBox box = new SecretBox(key(1), new SecureRandom());

  @Test
  void what_was_sealed_opens_again() {
    var sealed = box.seal("smtp-password", BOUND, PLAIN);
    assertArrayEquals(PLAIN, box.open("smtp-password", BOUND, sealed));
  }

  @Test
  void another_binding_does_not_open() {
    var sealed = box.seal("smtp-password", BOUND, PLAIN);
    assertNull(box.open("smtp-password", octets("smtp.example.com:588"), sealed));
  }

  @Test
  void another_purpose_does_not_open() {
    var sealed = box.seal("smtp-password", BOUND, PLAIN);
    assertNull(box.open("link", BOUND, sealed));
  }

  @Test
  void another_key_does_not_open() {
    var sealed = box.seal("smtp-password", BOUND, PLAIN);
    assertNull(new SecretBox(key(2), new SecureRandom()).open("smtp-password", BOUND, sealed));
  }

  @Test
  void every_flipped_octet_is_noticed() {
    var sealed = box.seal("smtp-password", BOUND, PLAIN);
    for (var i = 0; i < sealed.length; i++) {
      var changed = sealed.clone();
      changed[i] ^= 1;
      assertNull(box.open("smtp-password", BOUND, changed), "octet " + i);
    }
  }

  @Test
  void every_shorter_value_is_refused() {
    var sealed = box.seal("smtp-password", BOUND, PLAIN);
    for (var length = 0; length < sealed.length; length++) {
      assertNull(
          box.open("smtp-password", BOUND, Arrays.copyOf(sealed, length)), "length " + length);
    }
  }

  @Test
  void the_same_value_never_looks_the_same() {
    Set<String> seen = new HashSet<>();
    for (var i = 0; i < 1_000; i++) {
      seen.add(HexFormat.of().formatHex(box.seal("smtp-password", BOUND, PLAIN)));
    }
    assertEquals(1_000, seen.size());
  }

  @Test
  void the_plain_value_does_not_show() {
    var sealed = new String(box.seal("smtp-password", BOUND, PLAIN), StandardCharsets.ISO_8859_1);
    assertFalse(sealed.contains("horse"));
  }

  private static byte[] key(int seed) {
    var key = new byte[32];
    Arrays.fill(key, (byte) seed);
    return key;
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
