package io.postern.smtp.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.check.Check;
import io.postern.smtp.check.Draft;
import io.postern.smtp.diagnosis.Certainty;
import io.postern.smtp.diagnosis.Circumstances;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.diagnosis.Verdict;
import io.postern.smtp.dns.DnsAnswer;
import io.postern.smtp.dns.Resolver;
import io.postern.smtp.fixtures.Authority;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.SystemDialer;
import io.postern.smtp.session.Watch;
import io.postern.smtp.tls.Trust;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Checks against ports on loopback that do what one connection alone cannot explain.
class ProbesTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Duration NAMED_WITHIN = Duration.ofSeconds(2);

  /// Names under `.test` lead to loopback; all else does not exist.
  private static final Resolver HONEST =
      (name, type, _) -> answer(name.endsWith(".test"), name, type);

  /// Invents an address for every name.
  private static final Resolver INVENTING = (name, type, _) -> answer(true, name, type);

  private final Authority authority = new Authority(NOW);

  /// Made before a check begins: what a machine with much else to do needs for it would be the
  /// server's delay.
  private final SSLContext good = authority.server("good", "mx.test");

  private final SSLContext misnamed = authority.server("wrong-name", "mx.test");
  private final List<String> said = new CopyOnWriteArrayList<>();

  @Test
  void tls_from_the_start_is_named_within_two_seconds_while_the_first_connection_still_listens()
      throws IOException {
    try (var port =
        new Doorways((socket, _) -> {
          var secured = secured(socket, good, false);
          say(secured, "220 mx.test ESMTP");
          secured.getInputStream().read();
        })) {
      var verdict = check(port.port(), Security.STARTTLS, HONEST);
      assertCause("plaintext-on-implicit-tls-port", Certainty.CERTAIN, Stage.BANNER, verdict);
      assertTrue(rung(verdict, Stage.BANNER).millis() < NAMED_WITHIN.toMillis());
      assertTrue(said.getFirst().contains("offers TLS"), said.toString());
    }
  }

  /// The server greets the first connection only when the second one has offered TLS and gone.
  @Test
  void a_slow_greeter_is_valid_although_tls_was_offered_beside_it() throws IOException {
    var offered = new CountDownLatch(1);
    try (var port =
        new Doorways((socket, number) -> {
          if (number > 1) {
            socket.getInputStream().read();
            offered.countDown();
            return;
          }
          offered.await();
          answerPlainly(socket);
        })) {
      var verdict = check(port.port(), Security.NONE, HONEST);
      assertNull(verdict.diagnosis());
      assertEquals(2, port.count());
    }
  }

  @Test
  void a_web_server_that_waits_for_a_request_is_told_by_its_protocols() throws IOException {
    try (var port =
        new Doorways((socket, _) -> {
          var secured = secured(socket, good, true);
          secured.getInputStream().read();
        })) {
      var verdict = check(port.port(), Security.STARTTLS, HONEST);
      assertCause("wrong-service-on-port", Certainty.CERTAIN, Stage.BANNER, verdict);
    }
  }

  @Test
  void clear_text_where_tls_was_to_start_is_heard_by_saying_nothing() throws IOException {
    try (var port = new Doorways((socket, _) -> answerPlainly(socket))) {
      var verdict = check(port.port(), Security.TLS, HONEST);
      assertCause("implicit-tls-on-starttls-port", Certainty.CERTAIN, Stage.TLS, verdict);
      assertTrue(summary(verdict).contains("220 mx.test"), summary(verdict));
    }
  }

  @Test
  void whether_clear_text_can_become_tls_is_asked_before_it_is_advised() throws IOException {
    try (var without = new Doorways((socket, _) -> serveOpenly(socket, "SIZE 1000"));
        var with = new Doorways((socket, _) -> serveOpenly(socket, "STARTTLS"))) {
      var none = check(without.port(), Security.TLS, HONEST);
      assertCause("implicit-tls-on-starttls-port", Certainty.CERTAIN, Stage.TLS, none);
      assertTrue(summary(none).contains("It does not offer STARTTLS either"), summary(none));
      assertEquals(List.of(), Objects.requireNonNull(none.diagnosis()).repairs());

      var offered = check(with.port(), Security.TLS, HONEST);
      assertCause("implicit-tls-on-starttls-port", Certainty.CERTAIN, Stage.TLS, offered);
      assertEquals(
          "Use STARTTLS", Objects.requireNonNull(offered.diagnosis()).repairs().getFirst().label());
    }
  }

  @Test
  void a_reset_and_an_orderly_end_before_the_greeting_are_told_apart() throws IOException {
    try (var resets =
            new Doorways((socket, _) -> {
              socket.setSoLinger(true, 0);
              socket.close();
            });
        var ends = new Doorways((_, _) -> {})) {
      var ended = check(ends.port(), Security.STARTTLS, HONEST);
      assertCause("server-closed-before-greeting", Certainty.LIKELY, Stage.BANNER, ended);
      // A server that starts or is full does this; a firewall's reset stays.
      assertTrue(Objects.requireNonNull(ended.diagnosis()).retryUseful());
      var reset = check(resets.port(), Security.STARTTLS, HONEST).diagnosis();
      assertEquals("connection-reset-by-middlebox", reset == null ? "" : reset.cause());
    }
  }

  @Test
  void a_resolver_that_invents_is_blamed_for_the_port_that_is_shut() throws IOException {
    var verdict = check(shutPort(), Security.STARTTLS, INVENTING);
    assertCause("dns-hijacked", Certainty.CERTAIN, Stage.DNS, verdict);
    assertEquals(Rung.Outcome.FAILED, rung(verdict, Stage.DNS).outcome());
  }

  @Test
  void localhost_in_a_container_is_the_container() throws IOException {
    var draft = draft("localhost", shutPort(), Security.NONE);
    var inside = new Circumstances(true, List.of());
    var verdict = new Check(network(HONEST), inside).run(draft, Watch.NOBODY);
    assertCause("localhost-in-container", Certainty.LIKELY, Stage.CONNECT, verdict);
  }

  @Test
  void a_client_certificate_that_is_missed_after_the_handshake_is_named() throws IOException {
    try (var port =
        new Doorways((socket, _) -> {
          var secured = wrapped(socket, good);
          secured.setNeedClientAuth(true);
          secured.startHandshake();
        })) {
      var verdict = check(port.port(), Security.TLS, HONEST);
      assertCause("client-cert-required", Certainty.CERTAIN, Stage.TLS, verdict);
    }
  }

  @Test
  void a_masked_greeting_tells_of_a_firewall() throws IOException {
    try (var port =
        new Doorways((socket, _) -> {
          say(socket, "220 ***************2*****0***0*");
          lines(socket).readLine();
          say(socket, "500 5.3.3 Unrecognized command");
          lines(socket).readLine();
        })) {
      var verdict = check(port.port(), Security.STARTTLS, HONEST);
      assertCause("smtp-inspection-firewall", Certainty.CERTAIN, Stage.EHLO, verdict);
    }
  }

  @Test
  void a_certificate_for_another_name_has_no_second_look_that_signs_in() throws IOException {
    var heard = new CopyOnWriteArrayList<String>();
    try (var port =
        new Doorways((socket, _) -> {
          var secured = secured(socket, misnamed, false);
          say(secured, "220 mx.test ESMTP");
          for (var line = lines(secured).readLine(); line != null; ) {
            heard.add(line);
            line = lines(secured).readLine();
          }
        })) {
      var verdict = check(port.port(), Security.TLS, HONEST);
      assertCause("cert-hostname-mismatch", Certainty.CERTAIN, Stage.CERTIFICATE, verdict);
      assertTrue(port.count() > 1, "the certificate without a server name was looked at");
      assertEquals(List.of(), heard);
    }
  }

  private void answerPlainly(Socket socket) throws IOException {
    say(socket, "220 mx.test ESMTP");
    var lines = lines(socket);
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      say(socket, line.startsWith("QUIT") ? "221 bye" : "250 mx.test");
    }
  }

  /// Without TLS; what is no SMTP, such as a ClientHello, is answered with 500.
  private static void serveOpenly(Socket socket, String keyword) throws IOException {
    say(socket, "220 mx.test ESMTP");
    var lines = lines(socket);
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      say(socket, line.startsWith("EHLO") ? "250-mx.test\r\n250 " + keyword : "500 what?");
    }
  }

  private SSLSocket secured(Socket socket, SSLContext shown, boolean web) throws IOException {
    var secured = wrapped(socket, shown);
    if (web) {
      var parameters = secured.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      secured.setSSLParameters(parameters);
    }
    secured.startHandshake();
    return secured;
  }

  private SSLSocket wrapped(Socket socket, SSLContext shown) throws IOException {
    var secured = (SSLSocket) shown.getSocketFactory().createSocket(socket, null, true);
    secured.setUseClientMode(false);
    return secured;
  }

  private Verdict check(int port, Security security, Resolver resolver) {
    var watch =
        new Watch() {
          @Override
          public void began(Stage stage) {}

          @Override
          public void ended(Rung rung) {}

          @Override
          public void waiting(Stage stage, String sentence) {
            said.add(sentence);
          }
        };
    return new Check(network(resolver)).run(draft("mx.test", port, security), watch);
  }

  private Draft draft(String host, int port, Security security) {
    return new Draft(
        host,
        port,
        security,
        "",
        Secret.of(""),
        null,
        "",
        "",
        "client.test",
        new Trust(List.of(authority.certificate()), false),
        null,
        "",
        Duration.ofSeconds(20));
  }

  private static Network network(Resolver resolver) {
    return new Network(
        resolver, new SystemDialer(), InstantSource.fixed(NOW), System::nanoTime, new Random(7));
  }

  private static DnsAnswer answer(boolean exists, String name, Resolver.RecordType type) {
    if (!exists && !name.equals("localhost")) {
      return new DnsAnswer.NoName();
    }
    return type == Resolver.RecordType.A
        ? new DnsAnswer.Found(List.of("127.0.0.1"), name)
        : new DnsAnswer.NoData();
  }

  private static void assertCause(String cause, Certainty certainty, Stage stage, Verdict verdict) {
    var diagnosis = verdict.diagnosis();
    var got = diagnosis == null ? "valid" : diagnosis.cause() + " " + diagnosis.certainty();
    assertEquals(cause + " " + certainty + " " + stage, got + " " + verdict.failedStage());
  }

  private static Rung rung(Verdict verdict, Stage stage) {
    return verdict.rungs().stream().filter(rung -> rung.stage() == stage).findFirst().orElseThrow();
  }

  private static String summary(Verdict verdict) {
    var diagnosis = verdict.diagnosis();
    return diagnosis == null ? "" : diagnosis.summary();
  }

  private static int shutPort() throws IOException {
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return closed.getLocalPort();
    }
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private static void say(@Nullable Socket socket, String line) throws IOException {
    if (socket != null) {
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
  }
}
