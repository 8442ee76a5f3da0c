package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Eventually;
import io.postern.console.platform.database.Database.Dialect;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The workers of a process on their own threads.
@ParameterizedClass
@EnumSource
final class LoopTest extends EachDatabase {
  LoopTest(Dialect dialect) {
    super(dialect);
  }

  @BeforeEach
  void start() {
    work.loop.start();
  }

  @AfterEach
  void stop() {
    work.loop.stop();
  }

  @Test
  void enqueued_mail_goes_out_at_once_over_several_lanes_and_never_twice() {
    for (var i = 0; i < 60; i++) {
      stand.enqueue("user" + i + "@tenant.test");
    }

    awaitTaken(60);
    assertThat(work.sink.recipients()).doesNotHaveDuplicates();
  }

  @Test
  void a_database_that_is_away_for_a_while_does_not_end_the_loop() {
    sql("alter table mail rename to mail_away");
    assertThat(work.worker.round()).isFalse();
    sql("alter table mail_away rename to mail");
    stand.enqueue("ada@tenant.test");

    awaitTaken(1);
  }

  @Test
  void R738_stopping_waits_for_the_mail_on_the_wire_and_leaves_no_lease() throws Exception {
    work.sink.hold();
    for (var i = 0; i < 50; i++) {
      stand.enqueue("user" + i + "@tenant.test");
    }
    awaitTaken(1);

    var stopping = Thread.ofVirtual().start(work.loop::stop);
    Eventually.until(() -> !work.loop.isRunning());
    work.sink.release();
    stopping.join();

    assertThat(stand.mails.counts()).containsOnlyKeys(MailState.QUEUED, MailState.DELIVERED);
    assertThat(stand.mails.counts().get(MailState.DELIVERED))
        .isEqualTo((long) work.sink.taken().size());
  }

  @Test
  void
      R734_one_mail_on_which_the_relay_is_silent_delays_the_others_of_its_batch_by_half_a_second() {
    var silence = new CountDownLatch(1);
    work.sink.answer("RCPT poison@tenant.test", "250 2.1.5 Ok");
    work.sink.onStep(word -> {
      if (word.equals("RCPT poison@tenant.test")) {
        await(silence);
      }
    });
    stand.database.write(tx -> {
      stand.outbox.enqueue(tx, stand.letter("poison@tenant.test"));
      for (var i = 0; i < 60; i++) {
        stand.outbox.enqueue(tx, stand.letter("user" + i + "@tenant.test"));
      }
      return 0;
    });

    awaitTaken(60);
    assertThat(work.sink.recipients()).doesNotContain("poison@tenant.test");
    assertThat(Batch.WAITS_MAX).isLessThan(Duration.ofSeconds(1));

    silence.countDown();
    awaitTaken(61);
    assertThat(work.sink.recipients()).doesNotHaveDuplicates();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitTaken(int count) {
    Eventually.until(() -> work.sink.taken().size() >= count);
  }

  private void sql(String statement) {
    stand.database.write(tx -> tx.jdbc().sql(statement).update());
  }
}
