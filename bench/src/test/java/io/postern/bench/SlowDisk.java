package io.postern.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The same on a disk whose every flush takes 5 ms longer: in a process of its own, under
/// `slowflush.so`.
final class SlowDisk {
  private static final String FLUSH_DELAY_MICROSECONDS = "5000";
  private static final int CALLERS = 64;

  private SlowDisk() {}

  /// Mails a second.
  record Rates(double many, double alone) {}

  static Rates measure(Place place, int mails) throws IOException, InterruptedException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            SlowDisk.class.getName(),
            place.scratch().toString(),
            "" + mails);
    var starting = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    starting.environment().put("LD_PRELOAD", place.slowFlush());
    starting.environment().put("FLUSH_DELAY_US", FLUSH_DELAY_MICROSECONDS);
    var process = starting.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the process on the slow disk ended: " + said);
    }
    var rates = said.lines().filter(line -> line.startsWith("rates ")).findFirst().orElseThrow();
    var words = rates.split(" ", -1);
    return new Rates(Double.parseDouble(words[1]), Double.parseDouble(words[2]));
  }

  /// @param arguments an empty directory and how many mails
  public static void main(String[] arguments) throws Exception {
    var mails = Integer.parseInt(arguments[1]);
    try (var console = Console.start(Path.of(arguments[0]), null)) {
      console.accept(CALLERS, mails);
      var many = console.accept(CALLERS, mails).work().rate();
      // One caller: each mail has its own commit.
      var alone = console.accept(1, Math.max(1, mails / 50)).work().rate();
      System.out.println("rates " + many + " " + alone);
    }
    System.exit(0);
  }
}
