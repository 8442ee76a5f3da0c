package io.postern.bench;

import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.check.Check;
import io.postern.smtp.check.Depth;
import io.postern.smtp.check.Draft;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.diagnosis.Verdict;
import io.postern.smtp.dns.DnsJavaResolver;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.SystemDialer;
import io.postern.smtp.session.Watch;
import io.postern.smtp.tls.Trust;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// How long an operator waits who presses *Validate configuration*.
final class VerdictMeasurement implements Measurement {
  private static final int PRESSES = 20;
  private static final Duration ONE_WAY = Duration.ofMillis(20);
  private static final double ROUND_TRIP_MILLIS = 2.0 * ONE_WAY.toMillis();

  /// Connecting, greeting, EHLO, STARTTLS, handshake, EHLO, AUTH.
  private static final int TRIPS_STARTTLS = 7;

  /// Connecting, handshake, greeting, EHLO, AUTH.
  private static final int TRIPS_TLS = 5;

  private final Check check =
      new Check(
          new Network(
              DnsJavaResolver.ofSystem(System::nanoTime),
              new SystemDialer(),
              Clock.systemUTC(),
              System::nanoTime,
              new SecureRandom()));

  @Override
  public String title() {
    return "Until the verdict";
  }

  @Override
  public void run(Place place, Effort effort, Report report) throws Exception {
    var key = ServerKey.make(place.scratch());
    try (var upgrading = new SubmissionServer(key, false);
        var safe = new SubmissionServer(key, true)) {
      near(upgrading, effort, report);
      try (var farUpgrading = new SlowLink(upgrading.port(), ONE_WAY);
          var farSafe = new SlowLink(safe.port(), ONE_WAY)) {
        far(farUpgrading, farSafe, effort, report);
      }
      refused(upgrading, effort, report);
      new FirstPress(place, upgrading.port()).measure(effort, report);
    }
  }

  private void near(SubmissionServer server, Effort effort, Report report) throws Exception {
    var bare = new BareClient(server.port());
    var peer = new AngusSender(server.port(), true);
    for (var n = 0; n < effort.warmUp(10 * PRESSES); n++) {
      bare.signIn();
      press(server.port(), Security.STARTTLS);
      peer.connect();
    }
    var beyond = new Samples();
    var own = new Samples();
    var against = new Samples();
    for (var round = 0; round < effort.rounds(); round++) {
      var ours = new Samples();
      var floor = new Samples();
      var angus = new Samples();
      for (var n = 0; n < PRESSES; n++) {
        floor.add(bare.signIn());
        ours.add(press(server.port(), Security.STARTTLS));
        angus.add(peer.connect());
      }
      beyond.add(ours.median() - floor.median());
      own.add(ours.median());
      against.add(ours.median() / angus.median());
    }
    report.atMost("Valid, STARTTLS and sign-in, warm: ms beyond a bare client", beyond, 10);
    report.figure("The whole of it, ms", own);
    report.figure("Times Angus Mail's connect()", against);
  }

  private void far(SlowLink upgrading, SlowLink safe, Effort effort, Report report) {
    var starttls = new Samples();
    var implicit = new Samples();
    for (var n = 0; n < effort.rounds() * 4; n++) {
      starttls.add(
          press(upgrading.port(), Security.STARTTLS) / (TRIPS_STARTTLS * ROUND_TRIP_MILLIS));
      implicit.add(press(safe.port(), Security.TLS) / (TRIPS_TLS * ROUND_TRIP_MILLIS));
    }
    report.atMost("STARTTLS at 20 ms each way, times its 7 round trips", starttls, 1.15);
    report.atMost("TLS from the start at 20 ms each way, times its 5", implicit, 1.15);
  }

  /// From the server's refusal to the rung that shows it; and to the verdict, which may look around
  /// first.
  private void refused(SubmissionServer server, Effort effort, Report report) {
    var shown = new Samples();
    var named = new Samples();
    for (var n = 0; n < effort.rounds() * 4; n++) {
      var broken = new Broken();
      var verdict =
          check.run(draft(server.port(), Security.STARTTLS, SubmissionServer.REFUSED), broken);
      var over = System.nanoTime();
      if (verdict.failedStage() != Stage.AUTH) {
        throw new IllegalStateException("not refused: " + verdict);
      }
      shown.add((broken.at - server.refusedAt()) / 1e6);
      named.add((over - server.refusedAt()) / 1e6);
    }
    report.atMost("A refused password: ms from the reply until it is shown", shown, 50);
    report.figure("The same until its cause is named, ms", named);
  }

  private double press(int port, Security security) {
    var began = System.nanoTime();
    var verdict = check.run(draft(port, security, "open-sesame"), Watch.NOBODY);
    var millis = (System.nanoTime() - began) / 1e6;
    demandValid(verdict);
    return millis;
  }

  private static void demandValid(Verdict verdict) {
    if (!verdict.isValid()) {
      throw new IllegalStateException("not valid: " + verdict);
    }
  }

  private static Draft draft(int port, Security security, String password) {
    return new Draft(
        "127.0.0.1",
        port,
        security,
        "console",
        Secret.of(password),
        null,
        "",
        "",
        "console.bench.test",
        new Trust(List.of(), true),
        Depth.LOGIN,
        "",
        Duration.ofSeconds(30));
  }

  /// Sees when a rung breaks.
  private static final class Broken implements Watch {
    private volatile long at;

    @Override
    public void began(Stage stage) {}

    @Override
    public void ended(Rung rung) {
      if (rung.outcome() == Rung.Outcome.FAILED) {
        at = System.nanoTime();
      }
    }
  }
}
