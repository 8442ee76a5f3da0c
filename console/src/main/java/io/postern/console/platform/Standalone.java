package io.postern.console.platform;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.DatabaseFactory;
import java.nio.file.Files;
import java.time.Clock;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What a command of the terminal works with, beside a running server or without one: the same
/// database and the same key.
public record Standalone(
    Database database,
    SecretBox box,
    Uid uids,
    InstantSource clock,
    LongSupplier ticks,
    RandomGenerator random)
    implements AutoCloseable {

  /// Opens what is there; makes neither a database nor a key.
  ///
  /// @throws UnusableSettingException when there is nothing to open, with what to do
  public static Standalone open(ProcessSettings settings) {
    requirePresent(settings);
    var parts = new PlatformWiring();
    var clock = Clock.systemUTC();
    var random = parts.random();
    // Whatever the command wanted to write fails, and it says so.
    var database = DatabaseFactory.open(settings, _ -> {});
    return new Standalone(
        database,
        parts.secretBox(parts.keyWatch(settings, database, random, clock, parts.ticks()), random),
        parts.uid(clock, random),
        clock,
        parts.ticks(),
        random);
  }

  @Override
  public void close() {
    database.close();
  }

  private static void requirePresent(ProcessSettings settings) {
    var directory = settings.dataDirectory();
    var database = directory.resolve("postern.db");
    if (settings.text(Setting.DATABASE_URL) == null && !Files.exists(database)) {
      throw new UnusableSettingException(
          "There is no database in %s. Name the directory that the server uses with --data-dir, or its database with --database-url."
              .formatted(directory));
    }
    if (!Files.exists(settings.keyFile())) {
      throw new UnusableSettingException(
          "There is no key file %s. Name the one that the server uses with --key-file."
              .formatted(settings.keyFile()));
    }
  }
}
