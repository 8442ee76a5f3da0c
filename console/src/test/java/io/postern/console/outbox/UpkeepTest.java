package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// How often a worker looks for what nobody wakes it for.
@ParameterizedClass
@EnumSource
final class UpkeepTest extends EachDatabase {
  UpkeepTest(Dialect dialect) {
    super(dialect);
  }

  @Test
  void R736_what_has_expired_is_not_sent_meanwhile_and_is_ended_after_a_second() {
    work.worker.step();
    var uid = stand.enqueue(stand.letter("ada@tenant.test", Priority.NORMAL, Duration.ofMillis(1)));

    stand.clock.pass(Upkeep.EVERY.minusMillis(1));
    work.worker.step();
    assertThat(stand.state(uid)).isEqualTo(MailState.QUEUED);

    stand.clock.pass(Duration.ofMillis(1));
    work.worker.step();
    assertThat(stand.state(uid)).isEqualTo(MailState.EXPIRED);
    assertThat(work.sink.taken()).isEmpty();
  }
}
