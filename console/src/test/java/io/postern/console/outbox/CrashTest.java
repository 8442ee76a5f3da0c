package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// T-801: processes that enqueue and deliver are killed (SIGKILL) again and again, at random and at
/// every point that has a name. After each death nothing acknowledged is lost, nothing is there
/// that nobody enqueued, and whatever came twice is flagged. `lab/crash` does it as often as you
/// like; the seed stands in every failure.
final class CrashTest {
  private static final int CYCLES =
      Integer.getInteger("crash.cycles", "true".equals(System.getenv("CI")) ? 10 : 3);

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}, {1} at once")
  @CsvSource({"SQLITE, 1", "POSTGRESQL, 1", "POSTGRESQL, 2"})
  void R701_nothing_acknowledged_is_lost_and_every_duplicate_is_flagged(
      Dialect dialect, int processes) throws Exception {
    try (var run = new CrashRun(dialect, directory)) {
      new CrashCycles(run, dialect + ", " + processes + " at once", processes, true).run(CYCLES);
    }
  }

  @Test
  void t801_more_than_thirty_points_have_a_name() {
    assertThat(CrashPoint.NAMES).doesNotHaveDuplicates().hasSizeGreaterThan(30);
  }
}
