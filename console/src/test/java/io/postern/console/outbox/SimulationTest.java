package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.postern.console.platform.database.SqliteDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T-805. `lab/simulate --seeds 100000` plays as many as you like.
final class SimulationTest {
  private static final int SEEDS = "true".equals(System.getenv("CI")) ? 2_000 : 100;

  @TempDir static Path directory;
  private static Path template;

  @BeforeAll
  static void begin() {
    QuietLog.from(Level.OFF);
    template = directory.resolve("template.db");
    new SqliteDatabase(template).close();
  }

  @AfterAll
  static void end() {
    QuietLog.from(Level.WARN);
  }

  @Test
  void t805_whatever_the_seed_nothing_is_lost_and_every_duplicate_is_flagged() {
    for (var seed = 1; seed <= SEEDS; seed++) {
      Simulation.run(seed, template);
    }
  }

  @Test
  void t805_a_seed_plays_the_same_again() {
    for (var seed = 1; seed <= 20; seed++) {
      assertThat(Simulation.run(seed, template)).isEqualTo(Simulation.run(seed, template));
    }
  }
}
