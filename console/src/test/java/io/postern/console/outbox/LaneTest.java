package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Which connection takes a mail: one that is not too old, to the relay that is in force.
@ParameterizedClass
@EnumSource
final class LaneTest extends EachDatabase {
  private static final int MAILS = 100;

  LaneTest(Dialect dialect) {
    super(dialect);
  }

  @Test
  void R735_a_busy_connection_serves_299_seconds_and_not_300() {
    for (var second = 0; second < 294; second += 6) {
      send("user" + second);
      stand.clock.pass(Duration.ofSeconds(6));
    }
    send("user294");
    stand.clock.pass(Duration.ofSeconds(5));
    send("user299");
    assertThat(work.sink.connections()).isEqualTo(1);

    stand.clock.pass(Duration.ofSeconds(1));
    send("user300");
    assertThat(work.sink.connections()).isEqualTo(2);
  }

  @Test
  void R742_what_waits_goes_once_through_the_relay_that_was_saved_meanwhile() {
    work.sink.answer(".", LedgerSink.CUT);
    send("unknown");
    work.sink.answer("CONNECT", "554 5.3.2 Closed for good");
    for (var i = 0; i < MAILS; i++) {
      stand.enqueue("user" + i + "@tenant.test");
    }
    work.work();
    assertThat(work.sink.taken()).isEmpty();

    try (var other = LedgerSink.start()) {
      work.relay.save(other.port(), "", "", true);
      work.work();

      assertThat(other.recipients())
          .hasSize(MAILS)
          .doesNotHaveDuplicates()
          .doesNotContain("unknown@tenant.test");
      assertThat(work.sink.taken()).isEmpty();
      assertThat(stand.mails.counts())
          .containsOnly(Map.entry(MailState.DELIVERED, 100L), Map.entry(MailState.UNKNOWN, 1L));
      assertThat(work.relay.settings().history()).hasSize(2);
    }
  }

  private void send(String name) {
    stand.enqueue(name + "@tenant.test");
    work.work();
  }
}
