package io.postern.bench;

import io.postern.smtp.Security;
import java.time.Duration;

/// How often a message waits for the server, over a link of 20 ms each way. The waits are counted,
/// not timed, so that a busy machine changes nothing.
final class TripsMeasurement implements Measurement {
  private static final Duration ONE_WAY = Duration.ofMillis(20);
  private static final int FURTHER = 10;

  /// Connecting, which the link does not see; QUIT is taken off.
  private static final int CONNECTING = 1;

  private static final int GREETING = 1;
  private static final int QUIT = 1;

  @Override
  public String title() {
    return "Round trips at 20 ms each way";
  }

  /// Something that sends so many messages over one connection.
  @FunctionalInterface
  private interface Sending {
    void send(int messages) throws InterruptedException;
  }

  /// What a client waited for, in round trips.
  private record Trips(Samples first, Samples further) {
    static Trips fresh() {
      return new Trips(new Samples(), new Samples());
    }

    void count(SlowLink link, int before, Sending sending) throws InterruptedException {
      // The first time the compiler and the loading of classes let octets pass each other.
      sending.send(1);
      link.turns();
      sending.send(1);
      var one = link.turns();
      sending.send(1 + FURTHER);
      first.add(CONNECTING + before + one - QUIT);
      further.add((link.turns() - one) / (double) FURTHER);
    }
  }

  @Override
  public void run(Place place, Effort effort, Report report) throws Exception {
    var key = ServerKey.make(place.scratch());
    var starttls = Trips.fresh();
    var implicit = Trips.fresh();
    var angus = Trips.fresh();
    try (var upgrading = new SubmissionServer(key, false);
        var safe = new SubmissionServer(key, true);
        var farUpgrading = new SlowLink(upgrading.port(), ONE_WAY);
        var farSafe = new SlowLink(safe.port(), ONE_WAY)) {
      var engine = EngineSender.signingIn(farUpgrading.port(), Security.STARTTLS);
      var engineSafe = EngineSender.signingIn(farSafe.port(), Security.TLS);
      var peer = new AngusSender(farUpgrading.port(), true);
      for (var round = 0; round < effort.rounds(); round++) {
        starttls.count(farUpgrading, GREETING, messages -> engine.send(1, messages));
        // The greeting comes with the end of the handshake.
        implicit.count(farSafe, 0, messages -> engineSafe.send(1, messages));
        angus.count(farUpgrading, GREETING, messages -> peer.send(1, messages));
      }
    }
    report.atMost("First message, STARTTLS and sign-in", starttls.first(), 9);
    report.atMost("First message, TLS from the start and sign-in", implicit.first(), 7);
    report.atMost("Each further message", starttls.further(), 2);
    report.figure("Angus Mail, first message, STARTTLS and sign-in", angus.first());
    report.figure("Angus Mail, each further message", angus.further());
  }
}
