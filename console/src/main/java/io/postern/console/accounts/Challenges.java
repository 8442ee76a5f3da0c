package io.postern.console.accounts;

import io.postern.console.platform.Digests;
import io.postern.console.platform.database.Transaction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The challenges that passkeys sign: 32 random octets, the end of their life, and a
/// HMAC-SHA-256 over both, the purpose, and the session they were given to. So giving one writes
/// nothing, and a visitor who never answers costs no row; an answered one is noted, and counts
/// once.
final class Challenges {
  static final Duration LIFETIME = Duration.ofMinutes(10);

  private static final int RANDOM_OCTETS = 32;
  private static final int SIGNED_OCTETS = RANDOM_OCTETS + Long.BYTES;
  private static final int MAC_OCTETS = 32;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final byte[] key;

  Challenges(InstantSource clock, RandomGenerator random, byte[] key) {
    this.clock = clock;
    this.random = random;
    this.key = key.clone();
  }

  /// What a passkey is asked for; an answer to one question answers no other.
  enum Purpose {
    REGISTER,
    SIGN_IN,
    SECOND_FACTOR,
    STEP_UP
  }

  /// @param bound names the session, or what stands for one before sign-in
  record Question(Purpose purpose, String bound) {}

  byte[] issue(Question question) {
    var octets = new byte[RANDOM_OCTETS];
    random.nextBytes(octets);
    var signed =
        ByteBuffer.allocate(SIGNED_OCTETS)
            .put(octets)
            .putLong(clock.millis() + LIFETIME.toMillis())
            .array();
    return ByteBuffer.allocate(SIGNED_OCTETS + MAC_OCTETS)
        .put(signed)
        .put(mac(question, signed))
        .array();
  }

  /// Whether it was issued for this question and has not expired.
  boolean isGood(byte[] challenge, Question question) {
    if (challenge.length != SIGNED_OCTETS + MAC_OCTETS || question.bound().isEmpty()) {
      return false;
    }
    var signed = Arrays.copyOf(challenge, SIGNED_OCTETS);
    var mac = Arrays.copyOfRange(challenge, SIGNED_OCTETS, challenge.length);
    return MessageDigest.isEqual(mac, mac(question, signed)) && endOf(challenge) > clock.millis();
  }

  /// Uses a good challenge up.
  ///
  /// @return false when it was used before
  boolean spend(Transaction tx, byte[] challenge) {
    tx.jdbc()
        .sql("delete from passkey_challenge where expires_at <= ?")
        .param(clock.millis())
        .update();
    return tx.jdbc()
            .sql(
                """
                insert into passkey_challenge (challenge_hash, expires_at) values (?, ?)
                on conflict do nothing
                """)
            .params(Digests.sha256(HexFormat.of().formatHex(challenge)), endOf(challenge))
            .update()
        == 1;
  }

  private static long endOf(byte[] challenge) {
    return ByteBuffer.wrap(challenge, RANDOM_OCTETS, Long.BYTES).getLong();
  }

  private byte[] mac(Question question, byte[] signed) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(
          (question.purpose() + "/" + question.bound() + "/").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is missing from this Java runtime", e);
    }
  }
}
