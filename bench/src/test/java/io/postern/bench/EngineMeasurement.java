package io.postern.bench;

/// The engine alone: stored messages of 2 KiB over eight connections into one sink.
final class EngineMeasurement implements Measurement {
  private static final int MESSAGES = 20_000;
  private static final int WARM_UP = 12_000;
  private static final int SESSIONS = 8;

  @Override
  public String title() {
    return "Sending stored messages of 2 KiB over 8 connections";
  }

  @Override
  public void run(Place place, Effort effort, Report report) throws Exception {
    var messages = effort.of(MESSAGES);
    var port = place.sinkPort();
    var engine = new EngineSender(port);
    var angus = new AngusSender(port, false);
    engine.send(SESSIONS, effort.warmUp(WARM_UP));
    angus.send(SESSIONS, effort.warmUp(WARM_UP));
    var turns = new Turns();
    for (var round = 0; round < effort.rounds(); round++) {
      turns.add(
          Peer.source(place, port, SESSIONS, messages),
          engine.send(SESSIONS, messages),
          angus.send(SESSIONS, messages));
    }
    turns.tell(report);
  }

  /// What each round showed.
  private static final class Turns {
    private final Samples timesSource = new Samples();
    private final Samples timesAngus = new Samples();
    private final Samples processorOfAngus = new Samples();
    private final Samples[] rates = {new Samples(), new Samples(), new Samples()};
    private final Samples[] processors = {new Samples(), new Samples(), new Samples()};

    void add(Work source, Work engine, Work angus) {
      timesSource.add(engine.rate() / source.rate());
      timesAngus.add(engine.rate() / angus.rate());
      processorOfAngus.add(engine.processor() / angus.processor());
      var works = new Work[] {engine, source, angus};
      for (var i = 0; i < works.length; i++) {
        rates[i].add(works[i].rate());
        processors[i].add(works[i].processorPerThousand());
      }
    }

    void tell(Report report) {
      report.atLeast("Messages a second, times smtp-source -d", timesSource, 1.0);
      report.atLeast("Messages a second, times Angus Mail", timesAngus, 4);
      report.atMost("Processor time for a message, times Angus Mail", processorOfAngus, 0.3);
      var names = new String[] {"Postern's engine", "smtp-source -d (C)", "Angus Mail"};
      for (var i = 0; i < names.length; i++) {
        report.figure(names[i] + ", messages/s", rates[i]);
        report.figure(names[i] + ", processor s per 1,000", processors[i]);
      }
      report.note(
          "Angus Mail builds each message, as its users do; the engine and smtp-source send one that is there.");
    }
  }
}
