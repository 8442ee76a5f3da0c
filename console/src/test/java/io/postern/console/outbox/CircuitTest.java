package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.database.DatabaseException;
import io.postern.console.settings.SavedRelay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// what is wrong with the relay or its settings never costs a mail.
@ParameterizedClass
@EnumSource
final class CircuitTest {
  private static final int MAILS = 25;
  private static final int MANY = "true".equals(System.getenv("CI")) ? 10_000 : 500;

  private final Dialect dialect;
  @TempDir Path directory;
  private WorkerStand work;
  private OutboxStand stand;

  CircuitTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    work = WorkerStand.on(dialect, directory);
    stand = work.stand;
  }

  @AfterEach
  void close() {
    work.close();
  }

  @Test
  void R730_a_backlog_waits_for_two_days_and_goes_within_ten_minutes() {
    work.sink.wants("right");
    work.signIn("console", "wrong");
    var letter = stand.letter("user@tenant.test", Priority.NORMAL, Duration.ofDays(5));
    stand.database.write(tx -> {
      for (var i = 0; i < MANY; i++) {
        stand.outbox.enqueue(tx, letter);
      }
      return MANY;
    });

    for (var hour = 0; hour < 48; hour++) {
      var before = work.sink.signIns();
      for (var minutes = 0; minutes < 60; minutes += 5) {
        stand.clock.pass(Duration.ofMinutes(5));
        work.worker.step();
      }
      assertThat(work.sink.signIns() - before).isLessThanOrEqualTo(5);
    }
    assertThat(work.sink.taken()).isEmpty();
    assertThat(count("attempts > 0 or state not in ('QUEUED', 'PARKED')")).isZero();
    assertThat(stand.mails.health().held()).isTrue();
    assertThat(stand.mails.health().cause()).isEqualTo("auth-bad-credentials");

    work.signIn("console", "right");
    var from = System.nanoTime();
    while (work.worker.step()) {
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofMinutes(10));
    }

    assertThat(work.sink.taken()).hasSize(MANY);
    assertThat(stand.mails.counts())
        .containsOnly(java.util.Map.entry(MailState.DELIVERED, (long) MANY));
    assertThat(stand.mails.health().held()).isFalse();
  }

  @Test
  void R731_a_mail_that_is_only_put_off_shows_that_the_relay_works_again() {
    work.signIn("", "");
    work.sink.answer("CONNECT", LedgerSink.CUT);
    enqueueAll(Duration.ofDays(1));
    work.work();

    work.sink.answerAsUsual();
    for (var i = 0; i < MAILS; i++) {
      work.sink.answer("RCPT user" + i + "@tenant.test", "450 4.2.0 Come back later");
    }
    work.workFor(Duration.ofSeconds(30), Duration.ofSeconds(30));

    assertThat(stand.mails.health().held()).isFalse();
    assertThat(count("state = 'RETRY_WAIT'")).isEqualTo(MAILS);
  }

  @Test
  void R731_retry_now_tries_a_relay_that_was_at_fault_at_once_and_with_one_mail() {
    work.sink.wants("right");
    work.signIn("console", "wrong");
    var uid = stand.enqueue("first@tenant.test");
    work.work();
    enqueueAll(Duration.ofDays(1));

    assertThat(stand.outbox.retryNow(stand.actor(), uid)).isTrue();
    work.work();
    assertThat(work.sink.signIns()).isEqualTo(2);

    work.sink.wants("wrong");
    assertThat(stand.outbox.retryNow(stand.actor(), uid)).isTrue();
    work.work();
    assertThat(work.sink.taken()).hasSize(MAILS + 1);
  }

  /// Else two processes whose clocks differ by a minute would sign in twice as often.
  @Test
  void R731_the_circuit_holds_where_the_clock_is_five_minutes_behind_and_no_more() {
    work.sink.wants("right");
    work.signIn("console", "wrong");
    stand.enqueue("first@tenant.test");
    work.work();
    var behind = stand.clock.instant().minus(Circuit.SKEW_MAX);

    assertThat(stand.database.read(Circuit::read).isHeldAt(behind)).isTrue();
    assertThat(claimedAt(behind)).isFalse();

    assertThat(stand.database.read(Circuit::read).isHeldAt(behind.minusMillis(1))).isFalse();
    assertThat(claimedAt(behind.minusMillis(1))).isTrue();
  }

  private boolean claimedAt(Instant now) {
    return stand.database.write(tx -> Circuit.claimProbe(tx, now));
  }

  /// Saved with the circuit left open, mail would go on waiting behind settings that work.
  @Test
  void R731_a_save_whose_circuit_cannot_be_closed_is_not_saved() {
    var failing =
        new SavedRelay(
            stand.database,
            stand.box,
            stand.audit,
            stand.clock,
            _ -> {
              throw new DatabaseException("away", new IOException("away"));
            },
            _ -> {});
    var before = failing.settings().history().size();

    assertThatThrownBy(() -> failing.save(25, "", "", true)).isInstanceOf(DatabaseException.class);

    assertThat(failing.settings().history()).hasSize(before);
  }

  @Test
  void R731_a_relay_that_answers_again_is_found_by_one_mail_and_gets_all_the_others() {
    work.signIn("", "");
    work.sink.answer("CONNECT", "421 4.3.2 Closed for the night");
    enqueueAll(Duration.ofDays(1));
    work.work();
    assertThat(work.sink.connections()).isEqualTo(1);

    work.sink.answerAsUsual();
    work.workFor(Duration.ofSeconds(29), Duration.ofSeconds(29));
    assertThat(work.sink.taken()).isEmpty();
    work.workFor(Duration.ofSeconds(1), Duration.ofSeconds(1));

    assertThat(work.sink.taken()).hasSize(MAILS);
    assertThat(work.sink.connections()).isEqualTo(2);
  }

  @Test
  void R731_tries_of_a_dead_relay_come_after_half_a_minute_doubling_to_a_quarter_of_an_hour() {
    work.signIn("", "");
    work.sink.answer("CONNECT", LedgerSink.CUT);
    enqueueAll(Duration.ofDays(1));
    work.work();

    var tries = new java.util.ArrayList<Long>();
    for (var second = 1L; second <= 3600; second++) {
      var before = work.sink.connections();
      stand.clock.pass(Duration.ofSeconds(1));
      if (work.worker.step() && work.sink.connections() > before) {
        tries.add(second);
      }
    }

    assertThat(tries).containsExactly(30L, 90L, 210L, 450L, 930L, 1830L, 2730L);
  }

  @Test
  void R731_of_two_workers_only_one_tries_a_relay_that_was_at_fault() {
    work.sink.wants("right");
    work.signIn("console", "wrong");
    enqueueAll(Duration.ofDays(1));
    work.work();
    stand.clock.pass(Circuit.AFTER_SIGN_IN);

    try (var other = work.another()) {
      assertThat(work.worker.step()).isTrue();
      assertThat(other.step()).isFalse();
    }
    assertThat(work.sink.signIns()).isEqualTo(2);
  }

  @Test
  void R731_settings_saved_without_validation_are_tried_at_once_with_one_mail() {
    work.sink.wants("right");
    work.signIn("console", "wrong");
    enqueueAll(Duration.ofDays(1));
    work.work();

    work.relay.save(work.sink.port(), "console", "wrong again", false);
    work.work();
    assertThat(work.sink.signIns()).isEqualTo(2);
    assertThat(stand.mails.health().held()).isTrue();

    work.relay.save(work.sink.port(), "console", "right", false);
    work.work();
    assertThat(work.sink.taken()).hasSize(MAILS);
  }

  /// The account was unlocked at the relay, nothing was to be changed here.
  @Test
  void R731_a_validation_of_what_is_saved_closes_the_circuit() {
    work.sink.wants("right");
    work.signIn("console", "wrong");
    enqueueAll(Duration.ofDays(1));
    work.work();
    work.sink.wants("wrong");

    work.relay.proved(work.sink.port(), "console", "right");
    work.relay.proved(work.sink.port(), "other", "wrong");
    work.work();
    assertThat(work.sink.taken()).isEmpty();
    assertThat(stand.mails.health().held()).isTrue();

    work.relay.proved(work.sink.port(), "console", "wrong");
    assertThat(stand.mails.health().held()).isFalse();
    work.work();
    assertThat(work.sink.taken()).hasSize(MAILS);
  }

  @Test
  void R131_a_sender_that_was_refused_is_tried_again_with_the_next_settings() {
    work.signIn("", "");
    work.sink.answer("MAIL", "550 5.7.1 Sender refused");
    work.sink.answer("DATA", "503 5.5.1 No sender");
    enqueueAll(Duration.ofDays(1));
    work.work();
    assertThat(work.sink.taken()).isEmpty();
    assertThat(stand.mails.health().held()).isTrue();

    work.sink.answerAsUsual();
    work.signIn("", "");
    work.work();

    assertThat(work.sink.taken()).hasSize(MAILS);
  }

  @Test
  void send_all_waiting_mail_closes_the_circuit() {
    work.sink.wants("right");
    work.signIn("console", "wrong");
    enqueueAll(Duration.ofDays(1));
    work.work();
    work.sink.wants("wrong");

    stand.outbox.sendAllWaiting(stand.actor());
    work.work();

    assertThat(work.sink.taken()).hasSize(MAILS);
  }

  @Test
  void R731_a_relay_that_refuses_every_recipient_is_held_after_three_of_them() {
    work.signIn("", "");
    work.sink.answer("RCPT", "550 Relaying denied");
    enqueueAll(Duration.ofDays(1));

    work.work();

    assertThat(stand.mails.health().held()).isTrue();
    assertThat(count("attempts > 0")).isZero();
    work.sink.answerAsUsual();
    work.workFor(Duration.ofMinutes(2), Duration.ofSeconds(30));
    assertThat(work.sink.taken()).hasSize(MAILS);
  }

  /// That process need not have said so in the last second.
  @Test
  void R734_refused_recipients_are_not_the_relays_fault_while_another_process_delivers() {
    work.signIn("", "");
    work.sink.answer("RCPT", "550 Relaying denied");
    enqueueAll(Duration.ofDays(1));
    stand.database.write(tx -> {
      Circuit.accepted(tx, stand.clock.instant());
      return 0;
    });

    stand.clock.pass(Duration.ofMillis(1_999));
    work.worker.step();
    assertThat(stand.mails.health().held()).isFalse();

    stand.clock.pass(Duration.ofMillis(1));
    stand.enqueue("one.more@tenant.test");
    work.worker.step();
    assertThat(stand.mails.health().held()).isTrue();
  }

  @Test
  void R734_a_success_counts_at_once_when_another_process_heard_the_relay_blamed() {
    work.signIn("", "");
    stand.enqueue("ada@tenant.test");
    work.work();
    stand.database.write(tx -> Circuit.suspect(tx, stand.clock.instant()));
    stand.enqueue("bob@tenant.test");

    work.work();

    assertThat(stand.database.read(Circuit::read).suspects()).isZero();
  }

  @Test
  void a_mail_refused_for_good_shows_that_the_relay_works_again() {
    work.signIn("", "");
    work.sink.answer("CONNECT", LedgerSink.CUT);
    enqueueAll(Duration.ofDays(1));
    work.work();
    work.sink.answerAsUsual();
    work.sink.answer("RCPT user0@tenant.test", "550 5.1.1 No such mailbox");

    work.workFor(Duration.ofSeconds(30), Duration.ofSeconds(30));

    assertThat(work.sink.taken()).hasSize(MAILS - 1);
    assertThat(stand.mails.health().held()).isFalse();
  }

  @Test
  void without_a_relay_mail_waits_and_nothing_is_tried() {
    enqueueAll(Duration.ofDays(1));
    work.work();
    assertThat(stand.mails.counts()).containsOnly(java.util.Map.entry(MailState.QUEUED, 25L));

    work.signIn("", "");
    work.work();
    assertThat(work.sink.taken()).hasSize(MAILS);
  }

  private void enqueueAll(Duration life) {
    for (var i = 0; i < MAILS; i++) {
      stand.enqueue(stand.letter("user" + i + "@tenant.test", Priority.NORMAL, life));
    }
  }

  private long count(String condition) {
    return stand.database.read(tx ->
        tx.jdbc().sql("select count(*) from mail where " + condition).query(Long.class).single());
  }
}
