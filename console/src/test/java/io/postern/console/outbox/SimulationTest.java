package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.postern.console.platform.database.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Files;
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

  /// In a process of its own, as `lab/simulate` does it: with one carrier of virtual threads no
  /// turn waits for another core to wake up, which takes four times as long as the turn.
  @Test
  void t805_whatever_the_seed_nothing_is_lost_and_every_duplicate_is_flagged()
      throws IOException, InterruptedException {
    var said = directory.resolve("simulation.txt");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                SimulationProgram.class.getName(),
                String.valueOf(SEEDS),
                "1")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor()).as(Files.readString(said)).isZero();
    } finally {
      process.destroyForcibly();
    }
    assertThat(said).content().contains(SEEDS + " seeds from 1: all well");
  }

  @Test
  void t805_a_seed_plays_the_same_again() {
    for (var seed = 1; seed <= 20; seed++) {
      assertThat(Simulation.run(seed, template)).isEqualTo(Simulation.run(seed, template));
    }
  }
}
