package io.postern.smtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.check.Check;
import io.postern.smtp.check.Draft;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.diagnosis.Verdict;
import io.postern.smtp.dns.DnsJavaResolver;
import io.postern.smtp.dns.Resolver;
import io.postern.smtp.fixtures.Authority;
import io.postern.smtp.fixtures.EveryName;
import io.postern.smtp.fixtures.ScriptedServer;
import io.postern.smtp.fixtures.ScriptedServer.Step;
import io.postern.smtp.tls.Trust;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Interrupting a check ends it at once, wherever it waits.
class CancelTest {
  /// A second on an idle machine, and room for one that is not.
  private static final Duration SOON = Duration.ofSeconds(20);

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final List<String> SCRIPT =
      List.of(
          "S: 220 mx.test",
          "C: EHLO client.test",
          "!raw 250-mx.test\\r\\n250 AUTH PLAIN\\r\\n",
          "C: AUTH *",
          "S: 235 Ok",
          "C: MAIL *",
          "S: 250 Ok",
          "C: RCPT *",
          "S: 250 Ok",
          "C: DATA",
          "S: 354 Go",
          "!content");

  @ParameterizedTest(name = "{0}")
  @CsvSource({"BANNER, 0", "EHLO, 2", "AUTH, 4", "MAIL_FROM, 6", "RCPT_TO, 8", "DATA, 12"})
  void R141_a_check_that_waits_for_a_reply_is_cancelled(Stage stage, int said)
      throws IOException, InterruptedException {
    var steps = new ArrayList<>(SCRIPT.subList(0, said).stream().map(CancelTest::step).toList());
    steps.add(step("!silence"));
    try (var server = ScriptedServer.start(steps, new Authority(NOW), "mx.test")) {
      assertEquals(
          stage, cancelled(stage, new EveryName(), server.port(), Security.NONE).failedStage());
    }
  }

  @Test
  void R141_a_check_that_waits_for_a_handshake_is_cancelled()
      throws IOException, InterruptedException {
    var steps = List.of(step("!hello"), step("!silence"));
    try (var server = ScriptedServer.start(steps, new Authority(NOW), "mx.test")) {
      assertEquals(
          Stage.TLS,
          cancelled(Stage.TLS, new EveryName(), server.port(), Security.TLS).failedStage());
    }
  }

  @Test
  void R141_a_check_that_waits_for_the_dns_is_cancelled() throws IOException, InterruptedException {
    try (var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      var resolver =
          DnsJavaResolver.of(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), silent.getLocalPort()),
              System::nanoTime);
      assertEquals(Stage.DNS, cancelled(Stage.DNS, resolver, 1, Security.NONE).failedStage());
    }
  }

  private static Verdict cancelled(Stage at, Resolver resolver, int port, Security security)
      throws InterruptedException {
    var reached = new CountDownLatch(1);
    var verdict = new AtomicReference<Verdict>();
    var network =
        new Network(resolver, new SystemDialer(), () -> NOW, System::nanoTime, new Random(7));
    var check =
        Thread.ofVirtual()
            .start(() -> {
              verdict.set(new Check(network).run(draft(port, security), watch(at, reached)));
              reached.countDown();
            });
    reached.await();
    var begin = System.nanoTime();
    check.interrupt();
    check.join(Duration.ofMinutes(5));
    var took = Duration.ofNanos(System.nanoTime() - begin);
    assertTrue(took.compareTo(SOON) < 0, took::toString);
    var stopped = verdict.get().rungs().stream().filter(rung -> rung.stage() == at).findFirst();
    assertEquals(
        Rung.Outcome.SKIPPED,
        stopped.orElseThrow().outcome(),
        "a rung that was cancelled is told as broken");
    return verdict.get();
  }

  private static Watch watch(Stage at, CountDownLatch reached) {
    return new Watch() {
      @Override
      public void began(Stage stage) {
        if (stage == at) {
          reached.countDown();
        }
      }

      @Override
      public void ended(Rung rung) {}
    };
  }

  /// Every stage alone would be waited for longer than the test allows.
  private static Draft draft(int port, Security security) {
    return new Draft(
        "mx.test",
        port,
        security,
        "jo",
        Secret.of("open-sesame"),
        null,
        "jo@client.test",
        "ann@mx.test",
        "client.test",
        Trust.publicAuthorities(),
        null,
        "",
        Duration.ofMinutes(5));
  }

  private static Step step(String text) {
    return new Step(0, text);
  }
}
