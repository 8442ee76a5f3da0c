package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Eventually;
import io.postern.console.platform.database.Database.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// mails on which the relay keeps silent delay nobody, as many as there are lanes but one,
/// and those of one tenant, however many. How long a lane is held is told by the clock of the test.
@ParameterizedClass
@EnumSource
final class LanesTest {
  private static final int OTHERS = 30;
  private static final int ALL = Lanes.LANES_MAX + Lanes.RESERVE;

  private final Dialect dialect;
  private final CountDownLatch silence = new CountDownLatch(1);
  private final AtomicInteger silent = new AtomicInteger();
  @TempDir Path directory;
  private WorkerStand work;
  private OutboxStand stand;

  LanesTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    work = WorkerStand.on(dialect, directory);
    stand = work.stand;
    work.signIn("", "");
    for (var n = 0; n <= ALL; n++) {
      work.sink.answer("RCPT silent" + n + "@tenant.test", "250 2.1.5 Ok");
    }
    work.sink.onStep(word -> {
      if (word.startsWith("RCPT silent")) {
        silent.incrementAndGet();
        await(silence);
      }
    });
    work.loop.start();
  }

  @AfterEach
  void close() {
    silence.countDown();
    work.loop.stop();
    work.close();
  }

  @Test
  void R734_nine_mails_on_which_the_relay_is_silent_delay_nobody_and_then_two_lanes_are_left() {
    var most = ALL - 1;
    keepSilentOn(most);

    enqueueOthers();
    awaitTaken(OTHERS);

    silence.countDown();
    awaitTaken(OTHERS + most);
    Eventually.until(() -> work.loop.lanes() == Lanes.LANES);
    assertThat(work.sink.recipients()).doesNotHaveDuplicates();
  }

  @Test
  void R734_the_tenth_holds_the_others_up_until_the_relay_answers_and_there_is_no_more_lane() {
    keepSilentOn(ALL);

    enqueueOthers();
    stand.clock.pass(Lanes.SILENCE_MAX);
    Eventually.until(() -> work.loop.lanes() == ALL);
    assertThat(work.sink.taken()).isEmpty();
    assertThat(work.sink.connections()).isEqualTo(ALL);

    silence.countDown();
    awaitTaken(OTHERS + ALL);
    Eventually.until(() -> work.loop.lanes() == Lanes.LANES);
    assertThat(work.sink.recipients()).doesNotHaveDuplicates();
  }

  @Test
  void R734_mails_of_a_tenant_on_which_the_relay_is_silent_delay_nobody_else_however_many() {
    var slow = 3 * Lanes.LANES_MAX;
    for (var n = 0; n < slow; n++) {
      work.sink.answer("RCPT silent" + n + "@tenant.test", "250 2.1.5 Ok");
      stand.enqueue(ofTenant("slow", "silent" + n + "@tenant.test", Priority.NORMAL));
    }
    awaitSilenceOn(Lanes.LANES_MAX);

    stand.enqueue(ofTenant("other", "other@tenant.test", Priority.NORMAL));
    stand.enqueue(ofTenant("slow", "reset@tenant.test", Priority.SECURITY));
    enqueueOthers();
    awaitTaken(OTHERS + 2);
    stand.enqueue(ofTenant("slow", "patient@tenant.test", Priority.NORMAL));
    stand.enqueue(ofTenant("other", "last@tenant.test", Priority.NORMAL));
    awaitTaken(OTHERS + 3);
    assertThat(work.sink.recipients())
        .contains("last@tenant.test")
        .doesNotContain("patient@tenant.test");
    assertThat(silent).hasValue(Lanes.LANES_MAX);

    silence.countDown();
    awaitTaken(OTHERS + 4 + slow);
    assertThat(work.sink.recipients()).doesNotHaveDuplicates();
  }

  @Test
  void R733_who_stands_in_opens_no_more_connections_than_the_relay_takes() {
    limitConnections(3);
    keepSilentOn(3);
    stand.clock.pass(Lanes.SILENCE_MAX);
    Eventually.until(() -> work.loop.lanes() == 3 + Lanes.LANES);

    enqueueOthers();
    assertThat(work.worker.step()).isFalse();
    assertThat(work.sink.connections()).isEqualTo(3);

    silence.countDown();
    awaitTaken(OTHERS + 3);
    assertThat(work.sink.recipients()).doesNotHaveDuplicates();
  }

  @Test
  void a_backlog_gets_eight_lanes_and_when_it_is_sent_two_are_left() {
    var mails = backlog();
    Eventually.until(() -> work.loop.lanes() == Lanes.LANES_MAX);
    Eventually.until(() -> work.sink.connections() == Lanes.LANES_MAX);

    silence.countDown();
    awaitTaken(mails);
    Eventually.until(() -> work.loop.lanes() == Lanes.LANES);
    assertThat(work.sink.recipients()).hasSize(mails).doesNotHaveDuplicates();
  }

  @Test
  void R733_a_backlog_gets_no_more_connections_than_the_relay_takes() {
    limitConnections(3);
    var mails = backlog();
    Eventually.until(() -> work.loop.lanes() == 4);

    assertThat(work.worker.step()).isFalse();
    assertThat(work.sink.connections()).isEqualTo(3);

    silence.countDown();
    awaitTaken(mails);
    assertThat(work.sink.recipients()).hasSize(mails).doesNotHaveDuplicates();
  }

  @Test
  void a_mail_that_takes_less_than_five_seconds_needs_no_other_lane() {
    enqueueSilent(1);
    Eventually.until(() -> silent.get() == 1);
    stand.clock.pass(Lanes.SILENCE_MAX.minusMillis(1));

    enqueueOthers();
    awaitTaken(OTHERS);

    assertThat(work.loop.lanes()).isEqualTo(Lanes.LANES);
  }

  private void limitConnections(int connections) {
    stand.database.write(tx ->
        tx.jdbc()
            .sql("update outbox_throttle set connections = ?, connections_at = ? where id = 1")
            .params(connections, stand.clock.millis())
            .update());
  }

  /// More than all lanes can take at once; none gets an answer before the silence ends.
  private int backlog() {
    var mails = (Lanes.LANES_MAX + 1) * OutboxWorker.BATCH;
    for (var n = 0; n < mails; n++) {
      work.sink.answer("RCPT silent" + n + "@tenant.test", "250 2.1.5 Ok");
    }
    stand.database.write(tx -> {
      for (var n = 0; n < mails; n++) {
        stand.outbox.enqueue(
            tx, stand.letter("silent" + n + "@tenant.test", Priority.NORMAL, Duration.ofDays(1)));
      }
      return mails;
    });
    return mails;
  }

  /// Until the relay is silent on so many, each on a lane of its own.
  private void keepSilentOn(int mails) {
    enqueueSilent(mails);
    awaitSilenceOn(mails);
  }

  private void awaitSilenceOn(int mails) {
    for (var held = Math.min(mails, Lanes.LANES); held < mails; held++) {
      var now = held;
      Eventually.until(() -> silent.get() >= now);
      stand.clock.pass(Lanes.SILENCE_MAX);
    }
    Eventually.until(() -> silent.get() == mails);
    stand.clock.pass(Lanes.SILENCE_MAX);
  }

  private void enqueueSilent(int mails) {
    for (var n = 0; n < mails; n++) {
      stand.enqueue("silent" + n + "@tenant.test");
    }
  }

  private NewMail ofTenant(String tenant, String to, Priority priority) {
    var letter = stand.letter(to, priority, Duration.ofDays(1));
    return new NewMail(
        letter.kind(),
        letter.to(),
        letter.subject(),
        letter.values(),
        priority,
        letter.expiresAt(),
        tenant,
        null);
  }

  private void enqueueOthers() {
    for (var n = 0; n < OTHERS; n++) {
      stand.enqueue("user" + n + "@tenant.test");
    }
  }

  private void awaitTaken(int count) {
    Eventually.until(() -> work.sink.taken().size() >= count);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
