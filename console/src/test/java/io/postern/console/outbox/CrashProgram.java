package io.postern.console.outbox;

import ch.qos.logback.classic.Level;
import io.postern.console.platform.database.Database.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The crash test as a program: `lab/crash`. Ends with 1 and the seed when anything is lost, not
/// expected, or twice without a flag.
final class CrashProgram {
  private static final Set<String> OPTIONS =
      Set.of("--cycles", "--database", "--processes", "--seed", "--postfix", "--directory");

  private CrashProgram() {}

  /// @param arguments as `lab/crash` says them; besides, the directory to work in, and the
  ///   `lab.properties` of a Postfix that is up
  public static void main(String[] arguments) throws IOException, InterruptedException {
    QuietLog.from(Level.WARN);
    var options = options(arguments);
    var cycles = Integer.parseInt(options.getOrDefault("--cycles", "10"));
    var processes = Integer.parseInt(options.getOrDefault("--processes", "1"));
    var dialect =
        Dialect.valueOf(options.getOrDefault("--database", "sqlite").toUpperCase(Locale.ROOT));
    if (processes < 1 || processes > 2 || (processes == 2 && dialect == Dialect.SQLITE)) {
      throw new IllegalArgumentException("--processes is 1, or 2 on postgresql.");
    }
    var seed =
        options.containsKey("--seed")
            ? Long.parseLong(options.get("--seed"))
            : new SecureRandom().nextLong();
    var facts = options.get("--postfix");
    var postfix = facts == null ? null : PostfixMailboxes.of(Path.of(facts));
    var directory =
        options.containsKey("--directory")
            ? Path.of(options.get("--directory"))
            : Files.createTempDirectory("postern-crash");
    var title =
        "%s, %d at once, %s"
            .formatted(dialect, processes, postfix == null ? "ledger sink" : "Postfix");
    try (var run = new CrashRun(dialect, directory, seed, postfix)) {
      run.keepClasses(directory.resolve("classes.jsa"));
      new CrashCycles(run, title, processes, postfix == null).run(cycles);
      System.out.printf("%s, seed %d: %d cycles%n%s%n", title, seed, cycles, run.tally);
    }
    // The database of the tests ends with this program.
    System.exit(0);
  }

  private static Map<String, String> options(String[] arguments) {
    var options = new HashMap<String, String>();
    for (var i = 0; i < arguments.length; i += 2) {
      if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) {
        throw new IllegalArgumentException("unknown or without a value: " + arguments[i]);
      }
      options.put(arguments[i], arguments[i + 1]);
    }
    return options;
  }
}
