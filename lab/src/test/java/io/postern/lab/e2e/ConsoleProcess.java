package io.postern.lab.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// `./postern serve` as an operator starts it, on a port and a data directory of its own.
final class ConsoleProcess implements AutoCloseable {
  private static final Duration STARTED_WITHIN = Duration.ofMinutes(5);
  private static final Duration STOPPED_WITHIN = Duration.ofMinutes(2);

  /// The first compiler only: what the better one does at a start takes longer than all of these
  /// pages together.
  static final String QUICK = "-XX:TieredStopAtLevel=1";

  private static final Pattern SERVES = Pattern.compile("Postern serves (\\S+)");
  private static final Pattern LINK = Pattern.compile("https?://\\S+");

  private final Path launcher;
  private final Path data;
  private final String javaOptions;
  private final int port;
  private final List<String> printed = new ArrayList<>();
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private Process process;

  private ConsoleProcess(Path launcher, Path data, String javaOptions, int port)
      throws IOException {
    this.launcher = launcher;
    this.javaOptions = javaOptions;
    this.data = data;
    this.port = port;
    this.process = launch();
  }

  /// Starts and waits until it serves.
  static ConsoleProcess start(Path launcher, Path data) {
    return start(launcher, data, "");
  }

  /// The same with names from this DNS server.
  static ConsoleProcess start(Path launcher, Path data, NameServer names) {
    return start(launcher, data, "-Ddns.server=127.0.0.1:" + names.port());
  }

  /// The same with further options of Java.
  static ConsoleProcess start(Path launcher, Path data, String javaOptions) {
    try {
      var console = new ConsoleProcess(launcher, data, javaOptions, freePort());
      console.await(SERVES);
      return console;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /// Stops as Ctrl-C does, then starts again on the same data.
  void restart() {
    close();
    try {
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await(SERVES);
  }

  /// An address of this console, such as `/system`.
  String at(String path) {
    return "http://localhost:" + port + path;
  }

  /// The one-time setup link of the first start.
  String setupLink() {
    var line = await(Pattern.compile("https?://\\S*setup\\S*"));
    var link = LINK.matcher(line);
    if (!link.find()) {
      throw new AssertionError("no link in: " + line);
    }
    return link.group();
  }

  /// Everything printed so far; secrets must not be in it.
  String output() {
    return String.join("\n", printed);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the console did not stop within " + STOPPED_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Process launch() throws IOException {
    var builder =
        new ProcessBuilder(
                launcher.toString(),
                "serve",
                "--port",
                String.valueOf(port),
                "--data-dir",
                data.toString())
            .redirectErrorStream(true);
    builder.environment().put("POSTERN_JAVA_OPTIONS", QUICK + " " + javaOptions);
    var started = builder.start();
    Thread.ofVirtual()
        .name("console output")
        .start(() -> started.inputReader().lines().forEach(lines::add));
    return started;
  }

  private String await(Pattern wanted) {
    var seen = printed.stream().filter(line -> wanted.matcher(line).find()).reduce((_, b) -> b);
    if (seen.isPresent() && wanted != SERVES) {
      return seen.get();
    }
    var deadline = System.nanoTime() + STARTED_WITHIN.toNanos();
    try {
      while (true) {
        var line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (line == null) {
          throw new AssertionError("never printed " + wanted + ":\n" + output());
        }
        printed.add(line);
        if (wanted.matcher(line).find()) {
          return line;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
