package io.postern.bench;

import io.postern.console.outbox.Picks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What it costs to take the next batch out of the outbox: the same whatever waits behind it
///
final class PickMeasurement implements Measurement {
  private static final int FEW = 1_000;
  private static final int MANY = 1_000_000;
  private static final int TENANTS = 100;
  private static final int PICKS = 200;

  @Override
  public String title() {
    return "Picking the next mails";
  }

  @Override
  public void run(Place place, Effort effort, Report report) throws Exception {
    measure("SQLite", place, effort, report, List.of("", ""));
    measure(
        "PostgreSQL",
        place,
        effort,
        report,
        List.of(Databases.create(place), Databases.create(place)));
  }

  private static void measure(
      String where, Place place, Effort effort, Report report, List<String> urls) throws Exception {
    var ratio = new Samples();
    var few = new Samples();
    var many = new Samples();
    try (var small = Console.start(place.scratch(), url(urls.getFirst()));
        var large = Console.start(place.scratch(), url(urls.getLast()))) {
      var ofSmall = waiting(small, FEW);
      var ofLarge = waiting(large, effort.of(MANY));
      pick(small, ofSmall, effort.warmUp(PICKS));
      pick(large, ofLarge, effort.warmUp(PICKS));
      for (var round = 0; round < effort.rounds(); round++) {
        var ofFew = pick(small, ofSmall, PICKS);
        var ofMany = pick(large, ofLarge, PICKS);
        ratio.add(ofMany / ofFew);
        few.add(ofFew);
        many.add(ofMany);
      }
    }
    report.atMost(where + ", a million waiting, times a thousand waiting", ratio, 1.2);
    report.figure(where + ", a thousand waiting, p50 of a batch of 20, ms", few);
    report.figure(where + ", a million waiting, p50 of a batch of 20, ms", many);
  }

  private static @Nullable String url(String url) {
    return url.isEmpty() ? null : url;
  }

  private static Picks waiting(Console console, int mails) {
    var picks = console.picks();
    picks.holdWorkersBack(true);
    picks.fill(mails, TENANTS);
    return picks;
  }

  /// What is taken out comes in again, so that as many wait after it as before.
  ///
  /// @return milliseconds, in the middle
  private static double pick(Console console, Picks picks, int times) {
    var taken = new Samples();
    for (var n = 0; n < times; n++) {
      var before = System.nanoTime();
      var count = picks.pick();
      taken.add((System.nanoTime() - before) / 1e6);
      picks.settle();
      console.refill(count);
    }
    return taken.median();
  }
}
