package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import java.time.Duration;
import java.util.List;
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
  void another_worker_of_the_process_does_not_do_it_again_within_the_second() {
    work.worker.step();
    var uid = stand.enqueue(stand.letter("ada@tenant.test", Priority.NORMAL, Duration.ofMillis(1)));
    stand.clock.pass(Upkeep.EVERY.minusMillis(1));

    try (var other = work.another()) {
      other.step();
      assertThat(stand.state(uid)).isEqualTo(MailState.QUEUED);

      stand.clock.pass(Duration.ofMillis(1));
      other.step();
      assertThat(stand.state(uid)).isEqualTo(MailState.EXPIRED);
    }
  }

  @Test
  void R737_to_mend_the_plan_reads_what_is_not_due_and_not_the_queue() {
    var now = stand.clock.millis();
    assertThat(plan(MailStore.MEND_PLAN, now, now, Priority.NORMAL.rank(), now, now, now))
        .contains("mail_due");
  }

  @Test
  void R712_what_a_dead_worker_left_is_found_among_what_is_leased() {
    var now = stand.clock.millis();
    assertThat(plan(MailStore.TAKE_BACK, now, "token", now)).contains("mail_leased");
    assertThat(plan(MailStore.ABANDONED, "token", now)).contains("mail_leased");
  }

  private String plan(String statement, Object... params) {
    for (var n = 0; n < 100; n++) {
      stand.enqueue("user" + n + "@tenant.test");
    }
    List<String> plan =
        stand.database.write(tx -> {
          if (stand.database.dialect() == Dialect.POSTGRESQL) {
            // With a hundred rows it would read them all.
            tx.jdbc().sql("set local enable_seqscan = off").update();
          }
          return tx.jdbc()
              .sql(
                  (stand.database.dialect() == Dialect.SQLITE ? "explain query plan " : "explain ")
                      + statement)
              .params(params)
              .query((row, _) -> row.getString(stand.database.dialect() == Dialect.SQLITE ? 4 : 1))
              .list();
        });
    return String.join("\n", plan);
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
