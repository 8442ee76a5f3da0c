package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postern.console.platform.database.Database.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R-711 between processes on one PostgreSQL: one stands still in the middle of its work, for
/// longer than its leases and behind the clock of the other; the other takes its mails over; then
/// it goes on and may write nothing any more.
final class PausedProcessTest {
  @TempDir Path directory;

  @Test
  void r711_a_process_that_was_paused_loses_and_doubles_nothing_when_it_goes_on() throws Exception {
    try (var run = new CrashRun(Dialect.POSTGRESQL, directory)) {
      var paused = run.start("paused", 0);
      var readsPaused = Thread.ofVirtual().start(() -> run.follow(paused, _ -> {}));
      awaitMessages(run, 20);
      signal(paused, "STOP");

      var other = run.start("other", 20);
      var readsOther = Thread.ofVirtual().start(() -> run.follow(other, _ -> {}));
      awaitMessages(run, run.sink.taken().size() + 100);
      signal(paused, "CONT");
      awaitMessages(run, run.sink.taken().size() + 100);

      paused.destroyForcibly().waitFor();
      other.destroyForcibly().waitFor();
      readsPaused.join();
      readsOther.join();
      run.judge("one paused, one beside it", 60);
    }
  }

  private static void awaitMessages(CrashRun run, int count) {
    await().atMost(Duration.ofSeconds(60)).until(() -> run.sink.taken().size() >= count);
  }

  private static void signal(Process process, String name) throws Exception {
    var kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid()).start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }
}
