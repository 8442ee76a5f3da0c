package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Eventually;
import io.postern.console.platform.database.Database.Dialect;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// what a mail said is forgotten after a week, that it was there after three months.
@ParameterizedClass
@EnumSource
final class RetentionTest extends EachDatabase {
  RetentionTest(Dialect dialect) {
    super(dialect);
  }

  @Test
  void R572_bodies_go_after_seven_days_and_the_record_stays() {
    var uid = stand.enqueue("ada@tenant.test");
    work.work();
    work.workFor(Duration.ofDays(7), Duration.ofDays(1));
    assertThat(holding()).isEqualTo(1);

    work.workFor(Duration.ofHours(2), Duration.ofHours(1));

    assertThat(holding()).isZero();
    assertThat(stand.find(uid).values()).isEmpty();
    assertThat(stand.state(uid)).isEqualTo(MailState.DELIVERED);
    assertThat(stand.mails.attempts(uid)).hasSize(1);
  }

  @Test
  void R572_after_ninety_days_nothing_is_left() {
    var uid = stand.enqueue("ada@tenant.test");
    work.work();

    work.workFor(Duration.ofDays(91), Duration.ofDays(13));

    assertThat(stand.mails.find(uid)).isNull();
    assertThat(stand.mails.attempts(uid)).isEmpty();
  }

  @Test
  void mail_that_waits_is_never_forgotten() {
    stand.outbox.pause(stand.actor(), true);
    stand.enqueue(stand.letter("ada@tenant.test", Priority.NORMAL, Duration.ofDays(365)));
    work.workFor(Duration.ofDays(130), Duration.ofDays(13));
    stand.outbox.pause(stand.actor(), false);

    work.work();

    assertThat(work.sink.recipients()).containsExactly("ada@tenant.test");
  }

  @Test
  void a_failed_mail_whose_words_are_forgotten_is_not_sent_empty() {
    work.sink.answer("RCPT", "550 5.1.1 No such mailbox");
    var uid = stand.enqueue(stand.letter("ada@tenant.test", Priority.NORMAL, Duration.ofDays(30)));
    work.work();
    work.workFor(Duration.ofDays(8), Duration.ofDays(1));

    assertThat(stand.outbox.retryNow(stand.actor(), uid)).isFalse();
    assertThat(stand.state(uid)).isEqualTo(MailState.FAILED);
  }

  @Test
  void R572_two_processes_that_forget_at_once_leave_nothing_behind() throws Exception {
    stand.enqueue("ada@tenant.test");
    stand.enqueue("bob@tenant.test");
    work.work();
    stand.clock.pass(Duration.ofDays(8));
    var erased = new CountDownLatch(1);
    var goesOn = new CountDownLatch(1);

    var first =
        eraseOne(() -> {
          erased.countDown();
          awaitOpen(goesOn);
        });
    awaitOpen(erased);
    var second = eraseOne(() -> {});
    Eventually.until(() -> stand.database.dialect() == Dialect.SQLITE || isOneWaiting());
    goesOn.countDown();

    var both = first.get() + second.get();
    OutboxInvariants.check(stand.database);
    assertThat(holding()).isEqualTo(2 - both);
  }

  private Future<Integer> eraseOne(Runnable then) {
    var erasing =
        new FutureTask<>(() ->
            stand.database.write(tx -> {
              var rows =
                  new LetterStore().erase(tx, stand.clock.instant().minus(Retention.CONTENT), 1);
              then.run();
              return rows;
            }));
    Thread.ofPlatform().start(erasing);
    return erasing;
  }

  private boolean isOneWaiting() {
    return stand.database.read(tx ->
        tx.jdbc()
            .sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
            .query(Long.class)
            .single())
        > 0;
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      assertThat(latch.await(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private long holding() {
    return stand.database.read(tx ->
        tx.jdbc()
            .sql(
                "select count(*) from (select mail_uid from mail_letter union select mail_uid from mail_octets) holding")
            .query(Long.class)
            .single());
  }
}
