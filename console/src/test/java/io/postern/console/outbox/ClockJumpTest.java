package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Eventually;
import io.postern.console.platform.database.Database.Dialect;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// a wall clock that jumps by a day neither loses mail nor sends it twice nor holds it back.
@ParameterizedClass
@EnumSource
final class ClockJumpTest extends EachDatabase {
  private static final Duration DAY = Duration.ofDays(1);

  ClockJumpTest(Dialect dialect) {
    super(dialect);
  }

  @Test
  void R737_a_day_ahead_does_not_take_a_mail_from_a_worker_of_this_process() throws Exception {
    var uid = enqueue();
    work.sink.hold();
    var sending = Thread.ofVirtual().start(work.worker::step);
    Eventually.until(() -> work.sink.taken().size() == 1);

    stand.clock.pass(DAY);
    try (var other = work.another()) {
      other.step();
    }
    work.sink.release();
    sending.join();

    assertThat(stand.state(uid)).isEqualTo(MailState.DELIVERED);
    assertThat(stand.find(uid).maybeDuplicate()).isFalse();
    assertThat(work.sink.taken()).hasSize(1);
  }

  @Test
  void R737_a_day_back_does_not_hold_queued_mail_back() {
    enqueue();
    stand.clock.pass(DAY.negated());

    work.work();

    assertThat(work.sink.taken()).hasSize(1);
  }

  @Test
  void R737_a_day_back_does_not_put_a_retry_off_for_a_day() {
    work.sink.answer("RCPT", "450 4.2.1 Later");
    enqueue();
    work.work();
    work.sink.answerAsUsual();
    stand.clock.pass(DAY.negated());

    work.work();

    assertThat(work.sink.taken()).hasSize(1);
  }

  @Test
  void R737_a_day_back_does_not_put_off_a_mail_of_unknown_outcome() {
    work.sink.answer(".", LedgerSink.CUT);
    var uid = enqueue();
    work.work();
    assertThat(stand.state(uid)).isEqualTo(MailState.UNKNOWN);
    work.sink.answerAsUsual();
    stand.clock.pass(DAY.negated());
    work.work();

    stand.clock.pass(RetryPlan.AFTER_UNKNOWN.minusMillis(1));
    work.work();
    assertThat(stand.state(uid)).isEqualTo(MailState.UNKNOWN);
    stand.clock.pass(Duration.ofMillis(1));
    work.work();

    assertThat(stand.state(uid)).isEqualTo(MailState.DELIVERED);
  }

  @Test
  void R737_a_day_back_does_not_keep_the_circuit_open_for_a_day() {
    work.sink.answer("CONNECT", LedgerSink.CUT);
    enqueue();
    work.work();
    work.sink.answerAsUsual();
    stand.clock.pass(DAY.negated());

    work.work();

    assertThat(work.sink.taken()).hasSize(1);
  }

  private String enqueue() {
    return stand.enqueue(stand.letter("ada@tenant.test", Priority.NORMAL, Duration.ofDays(5)));
  }
}
