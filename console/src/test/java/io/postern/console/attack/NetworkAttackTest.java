package io.postern.console.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The check of the running console as a way into the network: F-414 of `docs/security/attacks.md`.
final class NetworkAttackTest extends OneTarget {
  private Villain relay;

  @BeforeAll
  void listen() {
    relay = Villain.saying(Map.of());
  }

  @BeforeEach
  void forget() {
    relay.heard().clear();
  }

  @AfterAll
  void hangUp() {
    relay.close();
  }

  /// Ansible CVE-2026-84721, Appsmith GHSA-vvxf-f8q9-86gh, Mailpit CVE-2026-55187: addresses that
  /// are never reached, in every notation.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "fe80::1",
        "fd00:ec2::254",
        "0.0.0.0",
        "::",
        "255.255.255.255",
        "224.0.0.1",
        "ff02::1"
      })
  void R511_f414_addresses_that_are_never_reached_are_refused(String host) {
    var answer = target.refused(at(host, 587));
    assertThat(answer.at("/verdict/stage"))
        .as(answer.body())
        .isNotIn("banner", "tls", "ehlo", "auth");
    assertThat(answer.body()).doesNotContain("refused-wrong-port").doesNotContain("timeout");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x7f.1",
        "2130706433",
        "127.1",
        "0177.0.0.1",
        "http://127.0.0.1",
        "127.0.0.1/",
        "user@127.0.0.1",
        "fe80::1%eth0",
        "::ffff:127.0.0.1",
        "127.0.0.1#",
        "\\u2460\\u2461\\u2466.0.0.1"
      })
  void R512_f414_a_host_is_a_name_or_an_address_as_it_is_written(String host) {
    target.refused(at(host, relay.port()));
    assertThat(relay.heard()).isEmpty();
  }

  /// The way back in, past whatever stands before the console, on a port that was free.
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "127.77.0.1"})
  void R511_f414_the_console_itself_is_not_reached(String host) {
    var own = Integer.parseInt(target.console().address().replaceAll(".*:([0-9]+).*", "$1"));
    var answer = target.refused(at(host, own));
    assertThat(answer.at("/verdict/stage")).as(answer.body()).isEqualTo("connect");
    assertThat(answer.body()).contains("is Postern itself").doesNotContain("HTTP/1.1");
  }

  /// Whoever may check must not read through the check what other machines say (odysseus PR 6355).
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.9 secret-build-77\r\n",
        "HTTP/1.1 400 Bad Request\r\nServer: secret-build-77\r\n\r\n",
        "-NOAUTH Authentication required. secret-build-77\r\n",
        "* OK secret-build-77 ready\r\n",
        "RFB 003.008 secret-build-77\n",
        "J\0\0\0\n5.7.44-secret-build-77\0\r\n",
        "120 secret-build-77\r\n"
      })
  void R516_f414_the_first_line_of_another_service_is_not_shown(String greeting)
      throws IOException {
    try (var peer = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual().start(() -> greet(peer, greeting));
      for (var security : List.of("none", "tls")) {
        var answer = target.refused(Target.body(peer.getLocalPort(), security));
        assertThat(answer.body()).doesNotContain("secret-build-77").doesNotContain("OpenSSH");
      }
      assertThat(target.root().get("/v1/audits").body()).doesNotContain("secret-build-77");
    }
  }

  private static void greet(ServerSocket peer, String greeting) {
    while (!peer.isClosed()) {
      try (var connection = peer.accept()) {
        connection.getOutputStream().write(greeting.getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().flush();
        connection.shutdownOutput();
        var _ = connection.getInputStream().readAllBytes();
      } catch (IOException _) {
        // Closed: the test is over, or the check hung up.
      }
    }
  }

  /// Jenkins Mailer GHSA-85rq-hp8x-ghjq, CVE-2018-8718: no right, no token or a link is enough to
  /// send the console somewhere.
  @Test
  void R515_f414_nobody_else_starts_a_check() {
    var body = Target.body(relay.port(), "none");
    var nobody = io.postern.console.api.ApiClient.anonymous(target.console());
    assertThat(nobody.put(Target.CONFIGURATION + "/validate", body).status()).isEqualTo(401);
    assertThat(nobody.post(Target.CHECKS, body).status()).isEqualTo(401);
    assertThat(target.root().get(Target.CONFIGURATION + "/validate").status()).isEqualTo(405);
    var page = "/system/administration/smtp/checks";
    var fields = Map.of("smtpServer", "127.0.0.1", "smtpPort", String.valueOf(relay.port()));
    assertThat(target.browser().post(page, fields).statusCode()).as("no token").isEqualTo(403);
    assertThat(target.browser().get(page).statusCode()).as("by a link").isIn(404, 405);
    assertThat(relay.heard()).isEmpty();
  }

  private static String at(String host, int port) {
    return Target.with(Target.body(port, "none"), "smtpServer", "\"" + host + "\"");
  }

  /// DNS rebinding against services on loopback: a page whose name leads to this machine reads
  /// through a browser on it.
  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "LOCALHOST, 200",
    "127.0.0.1, 200",
    "[::1], 200",
    "evil.example, 401",
    "localhost.evil.example, 401",
    "127.0.0.1.evil.example, 401",
    "192.0.2.1, 401"
  })
  void R566_f414_the_metrics_are_shown_without_a_key_to_this_machine_by_its_own_name_alone(
      String host, String status) throws IOException {
    var uri = URI.create(target.console().address());
    var request =
        "GET /actuator/prometheus HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n"
            .formatted(host, uri.getPort());
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 " + status);
      assertThat(answer.contains("postern_outbox")).isEqualTo(status.equals("200"));
    }
  }
}
