package io.postern.console.platform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
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
  void R521_another_binding_does_not_open() {
    var sealed = box.seal("smtp-password", BOUND, PLAIN);
    assertNull(box.open("smtp-password", octets("smtp.example.com:588"), sealed));
  }

  @Test
  void R521_another_purpose_does_not_open() {
    var sealed = box.seal("smtp-password", BOUND, PLAIN);
    assertNull(box.open("link", BOUND, sealed));
  }

  @Test
  void another_key_does_not_open() {
    var sealed = box.seal("smtp-password", BOUND, PLAIN);
    assertNull(new SecretBox(key(2), new SecureRandom()).open("smtp-password", BOUND, sealed));
  }

  @Test
  void R521_every_flipped_octet_is_noticed() {
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
  void R525_the_octets_that_the_key_of_a_value_was_drawn_into_are_overwritten() {
    var drawn = new ArrayList<byte[]>();
    var chance =
        new Random(525) {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] octets) {
            super.nextBytes(octets);
            drawn.add(octets);
          }
        };
    var watched = new SecretBox(key(1), chance);
    var sealed = watched.seal("smtp-password", BOUND, PLAIN);
    assertArrayEquals(PLAIN, watched.open("smtp-password", BOUND, sealed));
    assertEquals(1, drawn.size());
    assertArrayEquals(new byte[drawn.getFirst().length], drawn.getFirst());
  }

  /// Sealed by the version before, with the key of all ones.
  @Test
  void R522_a_value_of_the_first_version_opens_and_is_renewed_in_the_second() {
    var old =
        HexFormat.of()
            .parseHex(
                "01660c97ce786d80525fa23d866ae8e65ec5d5fe8a20473d5252d96f02b6baf3fe17df04d6d77d5390"
                    + "0cdf31d13fd4dc9d5171ebb3e4be753c228bd6cd8f58f7f3bccb665d1324a575787ceef0c4d57a4b"
                    + "aba2069cf0f18d1b");
    assertArrayEquals(PLAIN, box.open("smtp-password", BOUND, old));
    assertNull(box.open("link", BOUND, old));
    assertNull(box.open("smtp-password", octets("smtp.example.com:588"), old));
    for (var i = 0; i < old.length; i++) {
      var changed = old.clone();
      changed[i] ^= 1;
      assertNull(box.open("smtp-password", BOUND, changed), "octet " + i);
    }
    var renewed = Objects.requireNonNull(box.renew("smtp-password", BOUND, old));
    assertEquals(SecretBox.VERSION, renewed[0]);
    assertArrayEquals(PLAIN, box.open("smtp-password", BOUND, renewed));
  }

  @Test
  void R522_wrapping_anew_leaves_the_value_as_it_is_and_needs_only_the_new_key() {
    var sealed = box.seal("smtp-password", BOUND, PLAIN);
    var old = new InstanceKey(key(1));
    var next = new InstanceKey(key(2));
    var both = Objects.requireNonNull(KeyRing.of(List.of(old, next), next.mark()));
    var renewed =
        Objects.requireNonNull(
            new SecretBox(Keys.fixed(both), new SecureRandom())
                .renew("smtp-password", BOUND, sealed));
    assertArrayEquals(
        Arrays.copyOfRange(sealed, 69, sealed.length),
        Arrays.copyOfRange(renewed, 69, renewed.length));
    assertNull(box.open("smtp-password", BOUND, renewed));
    assertArrayEquals(
        PLAIN, new SecretBox(key(2), new SecureRandom()).open("smtp-password", BOUND, renewed));
  }

  @Test
  void R522_the_same_value_never_looks_the_same() {
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
