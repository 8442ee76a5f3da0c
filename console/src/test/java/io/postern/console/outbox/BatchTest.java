package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.MemoryDatabase;
import io.postern.console.platform.database.SqliteDatabase;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// how many mails a worker takes at a time.
final class BatchTest {
  @TempDir Path directory;

  @ParameterizedTest(name = "{1} of {0} begun: {2} next")
  @CsvSource({
    "20, 20, 20",
    "11, 11, 20",
    "10, 10, 20",
    "9, 9, 18",
    "1, 1, 2",
    "20, 19, 19",
    "20, 3, 3",
    "20, 0, 1"
  })
  void the_next_batch_is_as_large_as_what_had_its_turn_in_time(int taken, int begun, int next) {
    var template = directory.resolve("postern.db");
    new SqliteDatabase(template).close();
    var clock = new TestClock();
    var database = new MemoryDatabase(template);
    try (var stand = new OutboxStand(database, clock, new Random(1), new TestPace(clock))) {
      for (var n = 0; n < taken; n++) {
        stand.enqueue("user" + n + "@tenant.test");
      }
      var ledger = new Ledger(stand.parts, new Workers(stand).relay.settings());
      var mails = stand.lease("one", taken);
      try (var batch = new Batch(stand.parts, ledger, "one", mails)) {
        for (var n = 0; n < begun; n++) {
          assertThat(batch.next()).isEqualTo(mails.get(n));
        }
        assertThat(batch.nextSize()).isEqualTo(next);
        batch.giveBack();
        assertThat(batch.next()).isNull();
      }
      assertThat(stand.mails.counts().getOrDefault(MailState.QUEUED, 0L)).isEqualTo(taken - begun);
    }
  }
}
