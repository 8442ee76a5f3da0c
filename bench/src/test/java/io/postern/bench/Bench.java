package io.postern.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The entry of `bench/run`.
final class Bench {
  private Bench() {}

  /// @param arguments `--smoke` or `--quick`, and the names of measurements; none means all
  public static void main(String[] arguments) throws Exception {
    var place = new Place(Path.of(System.getProperty("bench.properties", "bench.properties")));
    var given = List.of(arguments);
    var effort =
        given.contains("--smoke")
            ? Effort.SMOKE
            : given.contains("--quick") ? Effort.QUICK : Effort.FULL;
    var all = all();
    var names = given.stream().filter(word -> !word.startsWith("--")).toList();
    for (var name : names.isEmpty() ? all.keySet() : names) {
      var measurement = all.get(name);
      if (measurement == null) {
        throw new IllegalArgumentException(name + " is none of " + all.keySet());
      }
      System.out.println(name + ": " + measurement.title());
      var report = new Report(effort);
      measurement.run(place, effort, report);
      report.write(place, name, measurement);
    }
    // A console's threads that still wind down must not hold the process.
    System.exit(0);
  }

  private static Map<String, Measurement> all() {
    var all = new LinkedHashMap<String, Measurement>();
    all.put("engine", new EngineMeasurement());
    all.put("trips", new TripsMeasurement());
    all.put("verdict", new VerdictMeasurement());
    all.put("accept", new AcceptMeasurement());
    all.put("queue", new QueueMeasurement());
    all.put("pick", new PickMeasurement());
    all.put("scale", new ScaleMeasurement());
    all.put("start", new StartMeasurement());
    return all;
  }
}
