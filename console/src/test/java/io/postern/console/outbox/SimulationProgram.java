package io.postern.console.outbox;

import ch.qos.logback.classic.Level;
import io.postern.console.platform.database.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// The simulation as a program: `lab/simulate`. Ends with 1 and the seed when a rule is broken.
final class SimulationProgram {
  private static final int TELL_EVERY = 10_000;

  private SimulationProgram() {}

  /// @param arguments how many seeds, and the first of them
  public static void main(String[] arguments) throws Exception {
    QuietLog.from(Level.OFF);
    // On the one carrier of all others: no turn waits for another thread of the system.
    var play =
        new FutureTask<@Nullable Void>(() -> {
          play(Long.parseLong(arguments[0]), Long.parseLong(arguments[1]));
          return null;
        });
    Thread.ofVirtual().start(play);
    play.get();
  }

  private static void play(long seeds, long first) throws IOException {
    var directory = Files.createTempDirectory("postern-simulation");
    var template = directory.resolve("template.db");
    new SqliteDatabase(template).close();
    var started = System.nanoTime();
    for (var seed = first; seed < first + seeds; seed++) {
      Simulation.run(seed, template);
      if ((seed - first + 1) % TELL_EVERY == 0) {
        System.out.printf("%d seeds from %d: all well%n", seed - first + 1, first);
      }
    }
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
    var spent = Duration.ofNanos(System.nanoTime() - started);
    System.out.printf(
        "%d seeds from %d: all well, %d ms each%n", seeds, first, spent.toMillis() / seeds);
  }
}
