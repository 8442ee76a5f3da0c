package io.postern.bench;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/// Durable from end to end: enqueue committed, 250 from the sink, DELIVERED committed.
final class QueueMeasurement implements Measurement {
  private static final int MAILS = 12_000;
  private static final int OF_POSTFIX = 4_000;
  private static final int CALLERS = 64;
  private static final int SESSIONS = 8;

  @Override
  public String title() {
    return "Durable from enqueue to delivered";
  }

  @Override
  public void run(Place place, Effort effort, Report report) throws Exception {
    var sqlite = new Turns();
    var postgres = new Turns();
    var rates = new Samples();
    try (var small = Console.start(place.scratch(), null);
        var large = Console.start(place.scratch(), Databases.create(place))) {
      small.relay(place.sinkPort());
      large.relay(place.sinkPort());
      turn(small, effort.of(MAILS));
      turn(large, effort.of(MAILS));
      for (var round = 0; round < effort.rounds(); round++) {
        var postfix = postfix(place, effort.of(OF_POSTFIX));
        rates.add(postfix);
        sqlite.add(turn(small, effort.of(MAILS)), postfix);
        postgres.add(turn(large, effort.of(MAILS)), postfix);
      }
    }
    sqlite.tell(report, "SQLite, one process", 3);
    postgres.tell(report, "PostgreSQL, one process", 2);
    report.figure("Postfix with its discard transport, 8 sessions, mails/s", rates);
    report.note(
        "Postfix's figure ends when its queue is empty; Postern's when the last mail is DELIVERED on disk, which it also hands to smtp-sink.");
  }

  /// What a turn showed.
  private record Turn(Work work, Console.Accepted accepted) {}

  /// What all turns on one database showed.
  private static final class Turns {
    private final Samples timesPostfix = new Samples();
    private final Samples tails = new Samples();
    private final Samples rates = new Samples();
    private final Samples accepting = new Samples();
    private final Samples processors = new Samples();

    void add(Turn turn, double postfix) {
      timesPostfix.add(turn.work().rate() / postfix);
      tails.add(turn.accepted().latencies().quantile(0.99));
      rates.add(turn.work().rate());
      accepting.add(turn.accepted().work().rate());
      processors.add(turn.work().processorPerThousand());
    }

    void tell(Report report, String where, double goal) {
      report.atLeast(where + ", times Postfix", timesPostfix, goal);
      report.atMost(where + ", enqueue p99 under that load, ms", tails, 50);
      report.figure(where + ", mails/s", rates);
      report.figure(where + ", accepted meanwhile, mails/s", accepting);
      report.figure(where + ", processor s per 1,000", processors);
    }
  }

  private static Turn turn(Console console, int mails) throws InterruptedException {
    var processor = Processor.used();
    var started = System.nanoTime();
    var accepted = console.accept(CALLERS, mails);
    while (console.isBusy()) {
      LockSupport.parkNanos(10_000_000);
    }
    var work =
        new Work(
            accepted.work().messages(),
            (System.nanoTime() - started) / 1e9,
            Processor.used() - processor);
    return new Turn(work, accepted);
  }

  private static double postfix(Place place, int mails) throws IOException, InterruptedException {
    var started = System.nanoTime();
    Peer.source(place, place.queuePort(), SESSIONS, mails);
    Peer.settle(place);
    return mails / ((System.nanoTime() - started) / 1e9);
  }
}
