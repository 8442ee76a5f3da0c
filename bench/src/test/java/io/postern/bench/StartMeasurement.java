package io.postern.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// From `./postern` to the first page, with and without the cache of loaded classes, and what it
/// holds of the memory then.
final class StartMeasurement implements Measurement {
  private static final Duration REST = Duration.ofSeconds(20);

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

  private static Started start(Place place, Path directory, String mode)
      throws IOException, InterruptedException {
    try (var server = ServerProcess.start(place, directory, mode)) {
      LockSupport.parkNanos(REST.toNanos());
      return new Started(server.seconds(), server.residentMegabytes());
    }
  }
}
