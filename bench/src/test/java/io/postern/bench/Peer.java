package io.postern.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// Postfix and its own load generator, run where the package is unpacked.
final class Peer {
  static final int OCTETS = 2_048;
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([0-9.]+)s");

  private Peer() {}

  /// `smtp-source -d`: sends messages of 2 KiB to a port over reused connections.
  static Work source(Place place, int port, int sessions, int messages)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("chroot", place.peerRoot()));
    command.addAll(List.of("/usr/sbin/smtp-source", "-4", "-d"));
    command.addAll(List.of("-s", "" + sessions, "-m", "" + messages, "-l", "" + OCTETS));
    command.addAll(List.of("-f", "console@bench.test", "-t", "someone@bench.test"));
    command.add("127.0.0.1:" + port);
    return run(String.join(" ", command), messages);
  }

  private static Work run(String command, int messages) throws IOException, InterruptedException {
    var started = System.nanoTime();
    var shell =
        new ProcessBuilder("bash", "-c", command + " && times").redirectErrorStream(true).start();
    var said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (shell.waitFor() != 0) {
      throw new IOException(command + ": " + said);
    }
    var seconds = (System.nanoTime() - started) / 1e9;
    // The last line of `times` is that of the children: in the program, and in the system for it.
    var children = said.strip().lines().reduce((_, last) -> last).orElse("");
    var found = TIMES.matcher(children);
    var processor = 0.0;
    while (found.find()) {
      processor += Integer.parseInt(found.group(1)) * 60 + Double.parseDouble(found.group(2));
    }
    return new Work(messages, seconds, processor);
  }

  /// Returns when the queue of Postfix is empty.
  static void settle(Place place) throws IOException {
    while (waiting(place.queueSpool()) > 0) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  /// How many mails stand in a queue of Postfix.
  private static long waiting(Path spool) throws IOException {
    var found = 0L;
    for (var name : List.of("maildrop", "incoming", "active", "deferred")) {
      var folder = spool.resolve(name);
      if (Files.isDirectory(folder)) {
        try (var files = Files.walk(folder)) {
          found += files.filter(Files::isRegularFile).count();
        } catch (UncheckedIOException _) {
          // A mail left while we looked: then something still waits.
          found++;
        }
      }
    }
    return found;
  }
}
