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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// From `./postern` to the first page, with and without the cache of loaded classes, and what it
/// holds of the memory then.
final class StartMeasurement implements Measurement {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration REST = Duration.ofSeconds(5);

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

  @Override
  public String title() {
    return "Starting";
  }

  /// @param megabytes resident, some seconds after the first page
  private record Started(double seconds, double megabytes) {}

  @Override
  public void run(Place place, Effort effort, Report report) throws Exception {
    var ratio = new Samples();
    var with = new Samples();
    var without = new Samples();
    var memory = new Samples();
    var directory = place.scratch();
    // The database is made, the cache recorded, the files are in memory. AOTMode=on ends the
    // process when the cache does not fit its flags, where it would silently go unused otherwise.
    start(place, directory, "-XX:AOTMode=on");
    for (var round = 0; round < effort.rounds(); round++) {
      var cached = start(place, directory, "-XX:AOTMode=on");
      var bare = start(place, directory, "-XX:AOTMode=off");
      ratio.add(cached.seconds() / bare.seconds());
      with.add(cached.seconds());
      without.add(bare.seconds());
      memory.add(cached.megabytes());
    }
    report.atMost("Until the first page, times the same without the cache", ratio, 0.5);
    report.atMost("Resident memory when idle after it, MiB", memory, 260);
    report.figure("Until the first page, s", with);
    report.figure("The same without the cache, s", without);
  }

  private Started start(Place place, Path directory, String mode)
      throws IOException, InterruptedException {
    var port = freePort();
    var starting =
        new ProcessBuilder(
            place.project().resolve("postern").toString(),
            "serve",
            "--port",
            "" + port,
            "--data-dir",
            directory.toString());
    starting.environment().put("POSTERN_JAVA_OPTIONS", mode);
    var log = directory.resolve("log");
    starting.redirectErrorStream(true).redirectOutput(log.toFile());
    var started = System.nanoTime();
    var process = starting.start();
    try {
      firstPage(process, port, log);
      var seconds = (System.nanoTime() - started) / 1e9;
      LockSupport.parkNanos(REST.toNanos());
      return new Started(seconds, resident(process.pid()));
    } finally {
      process.destroy();
      process.waitFor(60, TimeUnit.SECONDS);
    }
  }

  private void firstPage(Process process, int port, Path log)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/system")).build();
    var started = System.nanoTime();
    while (System.nanoTime() - started < PATIENCE.toNanos()) {
      if (!process.isAlive()) {
        throw new IOException("./postern ended: " + Files.readString(log));
      }
      try {
        if (client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
          return;
        }
      } catch (IOException _) {
        // Not yet.
      }
      LockSupport.parkNanos(5_000_000);
    }
    throw new IOException("./postern serves no page: " + Files.readString(log));
  }

  /// The launcher becomes the server (exec), so that this is Java's.
  private static double resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", "" + pid, "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private static int freePort() throws IOException {
    try (var any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }
}
