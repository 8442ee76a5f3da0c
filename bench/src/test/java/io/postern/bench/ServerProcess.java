package io.postern.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// `./postern` as operators run it, up to its first page.
///
/// @param seconds from the command until that page
record ServerProcess(Process process, int port, double seconds) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

  /// @param javaOption one more for the server
  static ServerProcess start(Place place, Path directory, String javaOption)
      throws IOException, InterruptedException {
    return start(place, directory, javaOption, List.of());
  }

  /// @param options of `postern serve`, further ones
  static ServerProcess start(Place place, Path directory, String javaOption, List<String> options)
      throws IOException, InterruptedException {
    var port = freePort();
    var command = new ArrayList<String>();
    command.add(place.project().resolve("postern").toString());
    command.addAll(List.of("serve", "--port", "" + port, "--data-dir", directory.toString()));
    command.addAll(options);
    var starting = new ProcessBuilder(command);
    starting.environment().put("POSTERN_JAVA_OPTIONS", javaOption);
    var log = directory.resolve("log");
    starting.redirectErrorStream(true).redirectOutput(log.toFile());
    var started = System.nanoTime();
    var process = starting.start();
    try {
      firstPage(process, port, log);
      return new ServerProcess(process, port, (System.nanoTime() - started) / 1e9);
    } catch (IOException e) {
      process.destroy();
      throw e;
    }
  }

  /// The launcher becomes the server (exec), so that this is Java's.
  double residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", "" + process.pid(), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  /// Ends it at once (SIGKILL).
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Tells it to stop, and waits for that.
  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static void firstPage(Process process, int port, Path log)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/system")).build();
    var started = System.nanoTime();
    while (System.nanoTime() - started < PATIENCE.toNanos()) {
      if (!process.isAlive()) {
        throw new IOException("./postern ended: " + Files.readString(log));
      }
      try {
        if (CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
          return;
        }
      } catch (IOException _) {
        // Not yet.
      }
      LockSupport.parkNanos(5_000_000);
    }
    throw new IOException("./postern serves no page: " + Files.readString(log));
  }

  private static int freePort() throws IOException {
    try (var any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }
}
