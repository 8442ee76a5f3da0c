package io.postern.smtp.hostile;

import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.check.Check;
import io.postern.smtp.check.Depth;
import io.postern.smtp.check.Draft;
import io.postern.smtp.fixtures.EveryName;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.SystemDialer;
import io.postern.smtp.session.Watch;
import io.postern.smtp.tls.Trust;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;

/// The main program of a JVM with a heap of 64 MiB: checks each `NAME:SECURITY:PORT` and prints a
/// line `NAME|STAGE|CAUSE|FINDING`.
final class SmallClient {
  private static final Duration BUDGET = Duration.ofSeconds(5);

  private SmallClient() {}

  public static void main(String[] servers) {
    var network =
        new Network(
            new EveryName(),
            new SystemDialer(),
            Clock.systemUTC(),
            System::nanoTime,
            new Random(7));
    for (var server : servers) {
      var words = server.split(":", -1);
      var draft =
          new Draft(
              "mx.test",
              Integer.valueOf(words[2]),
              Security.valueOf(words[1]),
              "jo",
              Secret.of("open-sesame"),
              null,
              "jo@client.test",
              "",
              "client.test",
              Trust.publicAuthorities(),
              Depth.LOGIN,
              "",
              BUDGET);
      var verdict = new Check(network).run(draft, Watch.NOBODY);
      var diagnosis = verdict.diagnosis();
      System.out.println(
          String.join(
              "|",
              words[0],
              String.valueOf(verdict.failedStage()),
              diagnosis == null ? "valid" : diagnosis.cause(),
              String.valueOf(verdict.finding())));
    }
  }
}
