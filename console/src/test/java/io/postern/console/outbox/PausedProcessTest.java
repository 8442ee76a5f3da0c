package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Eventually;
import io.postern.console.platform.database.Database.Dialect;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R-711 between processes on one PostgreSQL: one stands still in the middle of its work, for
/// longer than its leases and behind the clock of the other; the other takes its mails over; then
/// it goes on and may write nothing any more.
final class PausedProcessTest {
  @TempDir Path directory;

  @Test
  void R711_a_process_that_was_paused_loses_and_doubles_nothing_when_it_goes_on() throws Exception {
    try (var run = new CrashRun(Dialect.POSTGRESQL, directory)) {
      var paused = run.start("paused", 0);
      var readsPaused = Thread.ofVirtual().start(() -> run.follow(paused, _ -> {}));
      awaitMessages(run, 20);
      Signal.send(paused, "STOP");

      var other = run.start("other", 20);
      var readsOther = Thread.ofVirtual().start(() -> run.follow(other, _ -> {}));
      awaitMessages(run, run.sink.taken().size() + 100);
      Signal.send(paused, "CONT");
      // On a slow machine the other may have delivered nearly all by now.
      awaitMessages(run, Math.min(run.sink.taken().size() + 100, 2 * CrashChild.MAILS_MAX));

      paused.destroyForcibly().waitFor();
      other.destroyForcibly().waitFor();
      readsPaused.join();
      readsOther.join();
      run.judge("one paused, one beside it", 60);
    }
  }

  /// It stops with all locks in its hands: PostgreSQL takes them from it, and what it did in that
  /// transaction never was.
  @Test
  void a_process_that_is_stopped_within_a_transaction_does_not_hold_the_others_back()
      throws Exception {
    try (var run = new CrashRun(Dialect.POSTGRESQL, directory);
        var work = run.stand()) {
      var held = work.stand.enqueue("held@tenant.test");
      var stopped = run.start(LockChild.class);
      var said = stopped.inputReader();
      awaitLine(said, LockChild.HOLDING);
      Signal.send(stopped, "STOP");

      // A mail that nobody holds must pass the circuit's row; the operator the audit log's head.
      work.stand.enqueue("free@tenant.test");
      work.work();
      work.stand.outbox.pause(work.stand.actor(), false);
      work.work();
      assertThat(run.sink.recipients()).containsExactly("free@tenant.test", "held@tenant.test");
      assertThat(work.stand.find(held).subject()).isEqualTo("A test letter");

      Signal.send(stopped, "CONT");
      stopped.getOutputStream().close();
      awaitLine(said, LockChild.REFUSED);
      awaitLine(said, LockChild.WORKS_AGAIN);
      assertThat(stopped.waitFor()).isZero();
    }
  }

  private static void awaitMessages(CrashRun run, int count) {
    Eventually.until(() -> run.sink.taken().size() >= count);
  }

  /// What the process logs stands between the lines that it says.
  private static void awaitLine(BufferedReader said, String start) throws IOException {
    var line = said.readLine();
    while (line != null && !line.startsWith(start)) {
      line = said.readLine();
    }
    assertThat(line).as(start).isNotNull();
  }
}
