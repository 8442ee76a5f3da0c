package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.web.Freshness;
import io.postern.console.platform.web.Role;
import io.postern.smtp.Secret;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// whoever asks learns nothing by time, because the same work is done for an
/// address with an account and for one without. Work is counted, for time alone proves little on a
/// machine that has much else to do; the one thing that dwarfs all others, the hash, is timed too.
@ParameterizedClass
@EnumSource
final class SameWorkTest {
  private static final String KNOWN = "known@example.com";
  private static final String UNKNOWN = "where@example.com";
  private static final String PENDING = "pending@example.com";
  private static final String WRONG = "wrong horse battery staple";

  private final Dialect dialect;
  @TempDir Path directory;
  private AccountStand stand;
  private StatementLog log;
  private Account known;

  SameWorkTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    stand = AccountStand.on(dialect, directory, StatementLog::new);
    log = (StatementLog) stand.database;
    known = stand.account(KNOWN);
    stand.account("tenant1", "tenant@example.com", true);
    stand.account(null, "unproved@example.com", false);
    stand.database.write(tx ->
        stand
            .parts
            .accounts()
            .create(tx, new NewAccount(null, Role.ACCOUNTS, PENDING, "A", "L", "test")));
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @ParameterizedTest
  @EnumSource
  void R545_a_reset_that_is_asked_for_does_the_same_before_its_answer(ResetLetters.Realm realm) {
    var known = asked(realm, realm == ResetLetters.Realm.SYSTEM ? KNOWN : "tenant@example.com");
    assertThat(known).contains("write").noneMatch(text -> text.contains(" mail "));
    for (var other : List.of(UNKNOWN, PENDING, "unproved@example.com")) {
      assertThat(asked(realm, other)).as(other).isEqualTo(known);
    }
  }

  @Test
  void R545_a_reset_that_is_refused_does_the_same() {
    for (var email : List.of(KNOWN, UNKNOWN)) {
      for (var turn = 0; turn < ResetLetters.PER_ADDRESS_MAX; turn++) {
        asked(ResetLetters.Realm.SYSTEM, email);
      }
    }
    assertThat(asked(ResetLetters.Realm.SYSTEM, UNKNOWN))
        .isEqualTo(asked(ResetLetters.Realm.SYSTEM, KNOWN));
  }

  @Test
  void R563_a_wrong_password_does_the_same_for_every_address() {
    var signIn = signIn(new PasswordHashes(new PasswordCost(64, 1), new SecureRandom()));
    var known = judged(signIn, KNOWN);
    assertThat(known).contains("read", "write");
    for (var other : List.of(UNKNOWN, PENDING)) {
      assertThat(judged(signIn, other)).as(other).isEqualTo(known);
    }
  }

  /// Interleaved, so that what slows the machine down meets both; by medians, so that single pauses
  /// do not count. A hash costs some 50 times what all the rest does: without one for unknown
  /// addresses the ratio would be far beyond 3, and with one a machine under any load stays within.
  @Test
  void R563_a_wrong_password_is_hashed_for_every_address() {
    var signIn = signIn(new PasswordHashes(PasswordCost.TODAY, new SecureRandom()));
    var known = new ArrayList<Long>();
    var unknown = new ArrayList<Long>();
    for (var sample = 0; sample < 15; sample++) {
      known.add(nanos(signIn, KNOWN));
      unknown.add(nanos(signIn, UNKNOWN));
    }
    var ratio = median(known) / median(unknown);
    assertThat(ratio).isBetween(1 / 3.0, 3.0);
  }

  private List<String> asked(ResetLetters.Realm realm, String email) {
    log.taken();
    var _ = stand.resets.ask(realm, email, "192.0.2." + new Random(email.hashCode()).nextInt(250));
    return log.taken();
  }

  private SignIn signIn(PasswordHashes hashes) {
    var hash = hashes.hash(Secret.of("staple horse battery correct"));
    stand.database.write(tx -> {
      stand.parts.accounts().setPassword(tx, known.uid(), hash);
      return true;
    });
    return new SignIn(
        stand.database,
        new SignIn.Locks(stand.parts.accounts(), hashes, stand.parts.throttle()),
        stand.parts.audit(),
        new Freshness(stand.parts.clock()));
  }

  private List<String> judged(SignIn signIn, String email) {
    log.taken();
    judge(signIn, email);
    return log.taken();
  }

  private long nanos(SignIn signIn, String email) {
    stand.pass(Duration.ofMinutes(20));
    var begun = System.nanoTime();
    judge(signIn, email);
    return System.nanoTime() - begun;
  }

  private void judge(SignIn signIn, String email) {
    var attempt = new SignIn.Attempt(null, email, Secret.of(WRONG), "192.0.2.1");
    assertThat(signIn.judge(attempt))
        .isInstanceOfSatisfying(
            SignIn.Judgment.Wrong.class, wrong -> assertThat(wrong.status()).isEqualTo(401));
  }

  private static double median(List<Long> samples) {
    return samples.stream().sorted().toList().get(samples.size() / 2);
  }
}
