package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// T-801: a process that enqueues and delivers is killed (SIGKILL) again and again, at random and
/// at the worst moments. Afterwards nothing acknowledged is lost, nothing is there that nobody
/// enqueued, and whatever came twice is flagged.
///
/// `-Dcrash.cycles=1000` makes it longer; the seed stands in every failure.
@ParameterizedClass
@EnumSource
final class CrashTest {
  private static final int CYCLES =
      Integer.getInteger("crash.cycles", "true".equals(System.getenv("CI")) ? 10 : 3);
  private static final int MINUTES_PER_LIFE = 20;

  private final Dialect dialect;
  @TempDir Path directory;

  CrashTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @Test
  void r701_nothing_acknowledged_is_lost_and_every_duplicate_is_flagged() throws Exception {
    try (var run = new CrashRun(dialect, directory)) {
      for (var cycle = 1; cycle <= CYCLES; cycle++) {
        live(run, cycle);
      }
      run.judge(dialect + ", " + CYCLES + " cycles", MINUTES_PER_LIFE * (CYCLES + 1L));
    }
  }

  /// One life: it ends after some acknowledgements, or while a reply to a final dot is on its way.
  private static void live(CrashRun run, int cycle) throws Exception {
    var child = run.start("life" + cycle, (long) MINUTES_PER_LIFE * cycle);
    var killAtMessage = run.random.nextBoolean();
    var left = new AtomicInteger(1 + run.random.nextInt(60));
    run.sink.beforeReply(() -> {
      if (killAtMessage && left.decrementAndGet() == 0) {
        child.destroyForcibly();
      }
    });
    run.follow(
        child,
        _ -> {
          if (!killAtMessage && left.decrementAndGet() == 0) {
            child.destroyForcibly();
          }
        });
    assertThat(child.waitFor()).isEqualTo(128 + 9);
    run.sink.beforeReply(() -> {});
  }
}
