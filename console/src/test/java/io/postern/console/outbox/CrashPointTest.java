package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A crash point whose method has another name by now kills nobody, and nobody would miss it.
final class CrashPointTest {
  private final Set<String> reached = ConcurrentHashMap.newKeySet();
  @TempDir Path directory;

  @Test
  void T801_every_write_that_has_a_crash_point_is_made_under_its_name() {
    var database =
        new WatchedDatabase(OutboxStand.database(Dialect.SQLITE, directory), reached::add);
    var stand = new OutboxStand(database, new TestClock(), new Random(1));
    try (var work = new WorkerStand(stand, LedgerSink.start())) {
      work.signIn("", "");
      stand.outbox.enqueueOnce(stand.outbox.ready(stand.letter("eve@tenant.test")));
      deliver(work);
      answered(work, "RCPT", "450 4.2.1 Later");
      answered(work, "RCPT", "550 Relaying denied");
      answered(work, ".", LedgerSink.TAKEN_THEN_CUT);
      answered(work, "CONNECT", "421 4.3.2 Closed");
      work.workFor(Duration.ofMinutes(30), Duration.ofMinutes(5));
    }

    assertThat(reached)
        .containsAll(
            CrashPoint.WRITES.stream()
                .flatMap(write ->
                    List.of(write + " before", write + " inside", write + " after").stream())
                .toList());
  }

  private static void answered(WorkerStand work, String command, String reply) {
    work.sink.answer(command, reply);
    deliver(work);
    work.sink.answerAsUsual();
  }

  private static void deliver(WorkerStand work) {
    work.stand.enqueue("ada@tenant.test");
    work.work();
  }
}
