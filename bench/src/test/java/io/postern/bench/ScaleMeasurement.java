package io.postern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Several processes on one PostgreSQL, and the arithmetic of `docs/operating/scale.md`.
final class ScaleMeasurement implements Measurement {
  private static final int MAILS = 8_000;
  private static final int MODEL_MAILS = 200_000;
  private static final double FAST_DISK = 0.5;
  private static final double SLOW_DISK = 5;
  private static final double OCTETS_SENT = 9_000;
  private static final double DAY_SECONDS = 86_400;

  /// A row of the table: round trip, the relay's own time, what follows with either disk.
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (\\d+) ms \\(.*relay takes (\\d+) ms \\| (\\d+) \\| (\\d+) \\|$");

  @Override
  public String title() {
    return "Several processes on one PostgreSQL";
  }

  @Override
  public void run(Place place, Effort effort, Report report) throws Exception {
    arithmetic(place, report);
    var alone = Measured.of(place, effort, 1);
    alone.tell(report, "1 process");
    report.atMost("1 process, commits a mail", alone.commits(), 3.3);
    report.atMost("1 process, rows written a mail", alone.rows(), 7.1);
    for (var processes : List.of(2, 4)) {
      var together = Measured.of(place, effort, processes);
      var who = processes + " processes";
      together.tell(report, who);
      report.atMost(
          who + ", commits a mail, times those of one",
          ratio(together.commits(), alone.commits()),
          1.1);
      report.atMost(
          who + ", octets of the log a mail, times those of one",
          ratio(together.octets(), alone.octets()),
          1.1);
      report.atMost(who + ", connections to the relay", together.connections(), 2.0 * processes);
    }
    try (var fleet = new Fleet(place, 2)) {
      var patient = !effort.equals(Effort.SMOKE);
      var over = fleet.kill(effort.of(MAILS), patient);
      report.figure(
          "One of two killed (SIGKILL): seconds until nothing waited",
          Report.number(over.seconds()) + (patient ? "" : ", its leases ended by hand"));
      report.figure("Outcomes unknown, flagged and not sent again by then", "" + over.unknown());
    }
    report.note("No mail came twice and none was missing, in any turn: the measurement ends then.");
  }

  /// What all turns with so many processes showed.
  private record Measured(
      Samples rates, Samples commits, Samples rows, Samples octets, Samples connections) {
    static Measured of(Place place, Effort effort, int processes) throws Exception {
      var all =
          new Measured(new Samples(), new Samples(), new Samples(), new Samples(), new Samples());
      try (var fleet = new Fleet(place, processes)) {
        fleet.send(effort.of(MAILS));
        for (var round = 0; round < effort.rounds(); round++) {
          all.add(fleet.send(effort.of(MAILS)));
        }
      }
      return all;
    }

    void add(Fleet.Cost cost) {
      rates.add(cost.rate());
      commits.add((double) cost.commits() / cost.mails());
      rows.add((double) cost.rows() / cost.mails());
      octets.add((double) cost.octets() / cost.mails());
      connections.add(cost.connections());
    }

    void tell(Report report, String who) {
      report.figure(who + ", mails/s", rates);
      report.figure(who + ", commits a mail", commits);
      report.figure(who + ", rows written a mail", rows);
      report.figure(who + ", octets of the database's log a mail", octets);
    }
  }

  private static Samples ratio(Samples some, Samples others) {
    var ratio = new Samples();
    ratio.add(some.median() / others.median());
    return ratio;
  }

  /// Plays scale.md through: its table of speeds, and what follows for three rates.
  private static void arithmetic(Place place, Report report) throws IOException {
    var off = new Samples();
    var rows =
        ROW.matcher(Files.readString(place.project().resolve("docs/operating/scale.md")))
            .results()
            .toList();
    for (var row : rows) {
      var trip = Double.parseDouble(row.group(1));
      var relay = Double.parseDouble(row.group(2));
      off.add(off(new ScaleModel.Terms(trip, FAST_DISK, relay), row.group(3)));
      off.add(off(new ScaleModel.Terms(trip, SLOW_DISK, relay), row.group(4)));
    }
    if (rows.size() != 3) {
      throw new IllegalStateException("scale.md has no table of three rows any more");
    }
    var worst = new Samples();
    worst.add(off.quantile(1));
    report.atMost("The table of speeds in scale.md, off from the model by at most", worst, 0.05);
    var near = new ScaleModel.Terms(1, FAST_DISK, 1);
    for (var rate : List.of(10, 1_000, 100_000)) {
      tell(report, near, rate);
    }
  }

  private static double off(ScaleModel.Terms terms, String told) {
    var played = ScaleModel.backlog(terms, MODEL_MAILS).rate();
    return Math.abs(played / Double.parseDouble(told) - 1);
  }

  private static void tell(Report report, ScaleModel.Terms terms, int rate) {
    var processes = terms.processesFor(rate);
    var seen = ScaleModel.flow(terms, processes, rate, MODEL_MAILS);
    var mails = rate * DAY_SECONDS;
    report.figure(
        "Model, %,d mails a second, relay and disk near".formatted(rate),
        String.format(
            Locale.ROOT,
            "%d processes, %d connections to the relay, up to %d to PostgreSQL; %.2f commits a mail, %,.0f a second; "
                + "at most %,d waited; %,.0f GB in 7 days, %,.0f million rows in 90",
            processes,
            seen.connections(),
            16 * processes,
            seen.commits(),
            seen.commits() * rate,
            seen.waitedMost(),
            mails * 7 * OCTETS_SENT / 1e9,
            mails * 90 * 2 / 1e6));
  }
}
