package io.postern.console;

import io.postern.console.accounts.PasswordCost;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Server;
import io.postern.console.platform.Setting;
import io.postern.console.platform.database.MigratedFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The whole console on a free port, with SQLite in a directory of the test and a clock that the
/// test moves.
public final class RunningConsole implements AutoCloseable {
  /// Judges passwords by the thousand; what a real one costs is tested by itself.
  public static final PasswordCost CHEAP = new PasswordCost(64, 1);

  private static final Instant BEGIN = Instant.parse("2026-11-24T12:00:00Z");

  private final Server server;
  private final SettableClock clock;
  private final AtomicReference<@Nullable String> full;

  private RunningConsole(
      Server server, SettableClock clock, AtomicReference<@Nullable String> full) {
    this.server = server;
    this.clock = clock;
    this.full = full;
  }

  public static RunningConsole start(Path directory, Map<String, String> environment) {
    return start(directory, environment, BEGIN);
  }

  public static RunningConsole start(Path directory, Map<String, String> environment, Instant now) {
    MigratedFile.in(directory);
    return startOn(directory, environment, now);
  }

  /// As [#start(Path, Map)], and makes the schema itself where there is none.
  public static RunningConsole startOnNothing(Path directory) {
    return startOn(directory, Map.of(), BEGIN);
  }

  private static RunningConsole startOn(
      Path directory, Map<String, String> environment, Instant now) {
    var flags = new EnumMap<Setting, String>(Setting.class);
    flags.put(Setting.PORT, "0");
    flags.put(Setting.DATA_DIR, directory.toString());
    var clock = new SettableClock(now);
    var full = new AtomicReference<@Nullable String>();
    return new RunningConsole(
        ConsoleServer.start(
            ProcessSettings.resolve(flags, environment), clock, CHEAP, () -> full.get()),
        clock,
        full);
  }

  /// Such as `http://localhost:41234`.
  public String address() {
    return server.address();
  }

  public String greeting() {
    return server.greeting();
  }

  public Instant now() {
    return clock.instant();
  }

  public void pass(Duration time) {
    clock.now.updateAndGet(now -> now.plus(time));
  }

  /// From now on there is no room on the disk, with this sentence; null: there is room.
  public void fill(@Nullable String sentence) {
    full.set(sentence);
  }

  /// A browser that nobody has used yet.
  public Browser browser() {
    return new Browser(address());
  }

  @Override
  public void close() {
    server.close();
  }

  private record SettableClock(AtomicReference<Instant> now) implements InstantSource {
    SettableClock(Instant now) {
      this(new AtomicReference<>(now));
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }
}
