package io.postern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// Where the peers are, as `bench/run` started them, and what this machine is.
final class Place {
  private final Properties properties = new Properties();

  Place(Path file) throws IOException {
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
  }

  int sinkPort() {
    return Integer.parseInt(text("sink.port"));
  }

  int queuePort() {
    return Integer.parseInt(text("queue.port"));
  }

  int databasePort() {
    return Integer.parseInt(text("database.port"));
  }

  Path queueSpool() {
    return Path.of(text("queue.spool"));
  }

  String slowFlush() {
    return text("slowflush");
  }

  String peerRoot() {
    return text("peer.root");
  }

  Path project() {
    return Path.of(text("project"));
  }

  Path results() {
    return Path.of(text("state")).resolve("results");
  }

  /// A new, empty directory on the disk that the project is on.
  Path scratch() throws IOException {
    return Files.createTempDirectory(Path.of(text("state")), "scratch");
  }

  String commit() {
    return text("commit");
  }

  /// Enough to judge a figure by; nothing that tells whose machine it is.
  static String machine() throws IOException {
    var processor =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown processor");
    return "%d cores (%s), %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            processor,
            System.getProperty("os.name") + " " + System.getProperty("os.version"),
            Runtime.version());
  }

  private String text(String key) {
    var text = properties.getProperty(key);
    if (text == null) {
      throw new IllegalStateException(key + " is not set; start this by bench/run");
    }
    return text;
  }
}
