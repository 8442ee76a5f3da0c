package io.postern.console.outbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.database.DatabaseException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// a database that goes away at the worst moment, for ten minutes.
@ParameterizedClass
@EnumSource
final class DatabaseAwayTest {
  private static final Duration AWAY = Duration.ofMinutes(10);

  private final Dialect dialect;
  @TempDir Path directory;
  private final TestClock clock = new TestClock();
  private WorkerStand work;
  private OutboxStand stand;
  private Pattern awayAt = Pattern.compile("never");
  private Instant backAt = Instant.MAX;
  private Runnable whenAway = () -> {};

  DatabaseAwayTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    var database = new WatchedDatabase(OutboxStand.database(dialect, directory), this::fail);
    stand = new OutboxStand(database, clock, new Random(1), new TestPace(clock));
    work = new WorkerStand(stand, LedgerSink.start());
    work.signIn("", "");
    // So that what the relay takes is begun, and waited for later, as nearly always.
    stand.parts.successes().told(requireNonNull(stand.parts.successes().claim(clock.instant())));
  }

  @AfterEach
  void close() {
    awayAt = Pattern.compile("never");
    work.close();
  }

  @Test
  void R720_a_250_that_cannot_be_written_for_ten_minutes_is_no_unknown_outcome() {
    var uid = stand.enqueue("ada@tenant.test");

    goesAwayAt("accepted before");
    work.work();

    assertThat(stand.state(uid)).isEqualTo(MailState.DELIVERED);
    assertThat(stand.find(uid).maybeDuplicate()).isFalse();
    assertThat(work.sink.taken()).hasSize(1);
  }

  @Test
  void R720_a_refusal_that_cannot_be_written_at_once_is_kept_all_the_same() {
    work.sink.answer(".", "554 5.6.0 No");
    var uid = stand.enqueue("ada@tenant.test");

    goesAwayAt("refused before");
    work.work();

    assertThat(stand.state(uid)).isEqualTo(MailState.FAILED);
    assertThat(stand.mails.attempts(uid)).hasSize(1);
  }

  /// The commit went through, the word about it was lost: writing it again finds no lease.
  @Test
  void R720_a_250_whose_commit_was_not_confirmed_is_delivered_once() {
    var uid = stand.enqueue("ada@tenant.test");

    goesAwayAt("accepted after");
    work.work();

    assertThat(stand.state(uid)).isEqualTo(MailState.DELIVERED);
    assertThat(stand.mails.attempts(uid)).hasSize(1);
  }

  @Test
  void R730_a_database_that_is_away_before_the_final_dot_uses_no_attempt_up() {
    var uid = stand.enqueue("ada@tenant.test");

    goesAwayAt("committing before");
    work.worker.round();
    assertThat(work.sink.taken()).isEmpty();
    clock.pass(AWAY);
    work.workFor(Duration.ofMinutes(2), Duration.ofMinutes(1));

    assertThat(stand.state(uid)).isEqualTo(MailState.DELIVERED);
    assertThat(stand.find(uid).attempts()).isEqualTo(1);
    assertThat(stand.find(uid).maybeDuplicate()).isFalse();
    assertThat(work.sink.taken()).hasSize(1);
  }

  @Test
  void R711_a_database_that_stays_away_leaves_the_mail_to_recovery_with_its_flag() {
    var uid = stand.enqueue("ada@tenant.test");

    goesAwayAt("accepted before");
    backAt = Instant.MAX;
    work.worker.round();
    assertThat(clock.instant()).isEqualTo(TestClock.NOON.plus(Insistence.INSISTS_MAX));
    backAt = clock.instant();
    work.workFor(Duration.ofMinutes(20), Duration.ofMinutes(2));

    assertThat(stand.state(uid)).isEqualTo(MailState.DELIVERED);
    assertThat(stand.find(uid).maybeDuplicate()).isTrue();
    assertThat(work.sink.taken()).hasSize(2);
  }

  @Test
  void R712_the_final_dot_waits_until_the_250_of_the_mail_before_is_written() {
    var ada = stand.enqueue("ada@tenant.test");
    var bob = stand.enqueue("bob@tenant.test");
    var taken = new ArrayList<Integer>();

    goesAwayAt("accepted after");
    whenAway = () -> taken.add(work.sink.taken().size());
    work.work();

    assertThat(taken).containsExactly(1);
    assertThat(stand.state(ada)).isEqualTo(MailState.DELIVERED);
    assertThat(stand.state(bob)).isEqualTo(MailState.DELIVERED);
    assertThat(stand.find(bob).maybeDuplicate()).isFalse();
    assertThat(work.sink.taken()).hasSize(2);
  }

  /// The circuit is told of it as well, and it is waited for at once.
  @Test
  void R720_a_250_that_tells_the_circuit_and_cannot_be_written_at_once_is_no_unknown_outcome() {
    var uid = stand.enqueue("ada@tenant.test");
    stand.parts.successes().doubted();

    goesAwayAt("accepted before");
    work.work();

    assertThat(stand.state(uid)).isEqualTo(MailState.DELIVERED);
    assertThat(stand.find(uid).maybeDuplicate()).isFalse();
    assertThat(stand.database.read(Circuit::read).lastAcceptedAt()).isAfter(Instant.EPOCH);
  }

  @Test
  void R712_while_a_250_cannot_be_written_no_other_mail_is_given_away() {
    stand.enqueue("ada@tenant.test");
    stand.enqueue("bob@tenant.test");

    goesAwayAt("accepted (inside|after)|(complete|close) .*");
    backAt = Instant.MAX;
    work.worker.round();
    assertThat(work.sink.recipients()).containsExactly("ada@tenant.test");
    backAt = clock.instant();
    work.workFor(Duration.ofMinutes(20), Duration.ofMinutes(2));

    assertThat(work.sink.recipients()).contains("bob@tenant.test");
    assertThat(stand.mails.counts()).containsOnlyKeys(MailState.DELIVERED);
  }

  @Test
  void R738_a_stop_while_the_database_is_away_ends_in_seconds_and_the_mail_is_found_by_its_lease() {
    var uid = stand.enqueue("ada@tenant.test");

    goesAwayAt("accepted before");
    backAt = Instant.MAX;
    whenAway = work.worker::stop;
    work.worker.round();
    assertThat(clock.instant()).isEqualTo(TestClock.NOON.plus(Insistence.AFTER_STOP_MAX));
    assertThat(stand.state(uid)).isEqualTo(MailState.COMMITTING);
    backAt = clock.instant();
    startAgain();

    assertThat(stand.state(uid)).isEqualTo(MailState.DELIVERED);
    assertThat(stand.find(uid).maybeDuplicate()).isTrue();
    assertThat(work.sink.taken()).hasSize(2);
  }

  @Test
  void R738_a_database_that_is_back_within_seconds_of_a_stop_still_learns_of_the_250() {
    var uid = stand.enqueue("ada@tenant.test");

    goesAwayAt("accepted before");
    backAt = clock.instant().plus(Insistence.AFTER_STOP_MAX);
    whenAway = work.worker::stop;
    work.worker.round();

    assertThat(stand.state(uid)).isEqualTo(MailState.DELIVERED);
    assertThat(stand.find(uid).maybeDuplicate()).isFalse();
  }

  /// Another process takes over what is left of the one that was stopped.
  private void startAgain() {
    try (var next = work.another()) {
      for (var passed = 0; passed < 20; passed++) {
        clock.pass(Duration.ofMinutes(1));
        next.step();
      }
    }
  }

  private void goesAwayAt(String name) {
    awayAt = Pattern.compile(name);
    backAt = clock.instant().plus(AWAY);
  }

  private void fail(String name) {
    if (awayAt.matcher(name).matches() && clock.instant().isBefore(backAt)) {
      whenAway.run();
      whenAway = () -> {};
      throw new DatabaseException("the test took it away", new IllegalStateException(name));
    }
  }
}
