package io.postern.console.outbox;

import ch.qos.logback.classic.Level;
import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.database.PrivatePostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;

/// Faults of the disk as a program: `lab/faults`. Ends with 1 and the seed when anything is lost,
/// not expected, or twice without a flag.
final class FaultProgram {
  private FaultProgram() {}

  /// @param arguments cycles; sqlite or postgresql; the shim, built; the directory to work in; a
  ///   seed, or nothing
  public static void main(String[] arguments) throws IOException, InterruptedException {
    QuietLog.from(Level.WARN);
    var cycles = Integer.parseInt(arguments[0]);
    var dialect = Dialect.valueOf(arguments[1].toUpperCase(Locale.ROOT));
    var library = Path.of(arguments[2]);
    var directory = Path.of(arguments[3]);
    var seed = arguments.length > 4 ? Long.parseLong(arguments[4]) : new SecureRandom().nextLong();
    var files =
        switch (dialect) {
          case SQLITE -> directory.resolve("postern.db");
          case POSTGRESQL -> PrivatePostgres.PLACES;
        };
    var disk = new FaultyDisk(library, files, directory.resolve("disk.control"));
    try (var run = new CrashRun(location(dialect, files, disk), directory, seed, null)) {
      var lives = new FaultCycles(run, disk, dialect);
      lives.run(cycles);
      System.out.printf(
          "%s, seed %d: %d lives %s, %d writes and %d flushes seen%n%s%n",
          dialect, seed, cycles, lives.lives(), disk.writes(), disk.flushes(), run.tally);
    }
    // The database of the tests ends with this program.
    System.exit(0);
  }

  private static String location(Dialect dialect, Path files, FaultyDisk disk) {
    return switch (dialect) {
      case SQLITE -> files.toString();
      case POSTGRESQL -> {
        var postgres = PrivatePostgres.under(disk.environment(false));
        yield postgres.jdbc(postgres.create());
      }
    };
  }
}
