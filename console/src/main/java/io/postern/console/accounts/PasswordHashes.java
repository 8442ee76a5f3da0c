package io.postern.console.accounts;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.postern.smtp.Secret;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Argon2id. The password is brought to Unicode form C first, so that it is the same from
/// every keyboard.
///
/// At most two are computed at once: each takes 24 MiB, and a burst of sign-ins must not starve the
/// rest of the process.
final class PasswordHashes {
  private static final int LANES = 1;
  private static final int HASH_OCTETS = 32;
  private static final int SALT_OCTETS = 16;
  private static final int AT_ONCE_MAX = 2;
  private static final int WAIT_SECONDS_MAX = 20;

  private final Semaphore places = new Semaphore(AT_ONCE_MAX);
  private final PasswordCost today;
  private final String nobody;

  PasswordHashes(PasswordCost cost, RandomGenerator random) {
    this.today = cost;
    this.nobody = nobody(cost, random);
  }

  /// Costs what a real one costs and fits no password: an account that does not exist must take as
  /// long as one that does. Its digest is chance, so that no start waits for it to be computed.
  private static String nobody(PasswordCost cost, RandomGenerator random) {
    var octets = new byte[SALT_OCTETS + HASH_OCTETS];
    random.nextBytes(octets);
    var base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memoryKibibytes(),
            cost.passes(),
            LANES,
            base64.encodeToString(Arrays.copyOf(octets, SALT_OCTETS)),
            base64.encodeToString(Arrays.copyOfRange(octets, SALT_OCTETS, octets.length)));
  }

  String nobody() {
    return nobody;
  }

  /// What comparing a password with a stored hash found.
  enum Match {
    NO,
    YES,
    /// It fits, and the hash should be made anew with today's parameters.
    YES_OUTDATED
  }

  String hash(Secret password) {
    enter();
    try {
      return Password.hash(normal(password))
          .addRandomSalt(SALT_OCTETS)
          .with(function())
          .getResult();
    } finally {
      places.release();
    }
  }

  /// @param hash absent when there is no such account or it has no password: takes as long, is NO
  Match match(Secret password, @Nullable String hash) {
    var stored = hash == null ? nobody : hash;
    enter();
    try {
      var function = Argon2Function.getInstanceFromHash(stored);
      if (!Password.check(normal(password), stored).with(function) || hash == null) {
        return Match.NO;
      }
      return isToday(function) ? Match.YES : Match.YES_OUTDATED;
    } finally {
      places.release();
    }
  }

  private void enter() {
    try {
      if (places.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      // Stopping: the request ends here.
      Thread.currentThread().interrupt();
    }
    throw new io.postern.console.platform.web.Refusal(
        503, "busy", "Too many people sign in at this moment. Try again in half a minute.");
  }

  /// Made for the first password and not before: it holds the memory of a guess for ever, and a
  /// start should neither wait for that nor keep it. Whoever asks for one holds a place: many who
  /// come first would each make their own.
  private Argon2Function function() {
    return Argon2Function.getInstance(
        today.memoryKibibytes(), today.passes(), LANES, HASH_OCTETS, Argon2.ID);
  }

  private boolean isToday(Argon2Function function) {
    return function.getMemory() == today.memoryKibibytes()
        && function.getIterations() == today.passes()
        && function.getParallelism() == LANES
        && function.getVariant() == Argon2.ID;
  }

  private static String normal(Secret password) {
    return Normalizer.normalize(password.reveal(), Normalizer.Form.NFC);
  }
}
