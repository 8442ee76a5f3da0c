package io.postern.smtp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.HostName;
import io.postern.smtp.diagnosis.Finding.HandshakeFailed.Break;
import io.postern.smtp.fixtures.Authority;
import io.postern.smtp.fixtures.Hello;
import io.postern.smtp.fixtures.Profile;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the client says in its first record, and what it makes of broken handshakes (R-200, R-204,
/// R-207; F-012).
class HandshakeTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "mx.test, mx.test",
    "MX.Test., mx.test",
    "bücher.example, xn--bcher-kva.example",
    "127.0.0.1, ''",
    "::1, ''"
  })
  void R204_the_server_name_is_the_configured_host_and_never_an_address(
      String host, String expected) throws IOException {
    assertEquals(expected, hello(host).serverName());
  }

  @Test
  void R200_only_tls_1_2_and_1_3_are_offered() throws IOException {
    assertEquals(List.of(0x0304, 0x0303), hello("mx.test").versions());
  }

  @Test
  void R532_no_compression_is_offered() throws IOException {
    assertEquals(List.of(0), hello("mx.test").compressions());
  }

  @Test
  void R200_no_suite_of_the_past_is_offered() throws IOException {
    // TLS_RSA_WITH_AES_128_CBC_SHA, RC4, 3DES, NULL, export, anonymous (BCP 195).
    var suites = hello("mx.test").suites();
    for (var past : List.of(0x002F, 0x0035, 0x0005, 0x000A, 0x0001, 0x0003, 0x0034)) {
      assertTrue(!suites.contains(past), "%04X".formatted(past));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void R200_both_versions_come_about(String version) throws IOException {
    var context = new Authority(NOW).server("good", "mx.test");
    try (var listener = listener()) {
      Thread.ofVirtual().start(() -> serve(listener, context, version));
      var result = upgrade(listener, PATIENCE);
      assertEquals(
          version, assertInstanceOf(Handshake.Result.Established.class, result).protocol());
    }
  }

  @Test
  void R141_a_handshake_that_drips_in_ends_in_time() throws IOException {
    try (var listener = listener()) {
      Thread.ofVirtual().start(() -> drip(listener));
      var begin = System.nanoTime();
      var result = upgrade(listener, Duration.ofMillis(600));
      var failed = assertInstanceOf(Handshake.Result.Failed.class, result);
      assertEquals(Break.TIMED_OUT, failed.finding().kind());
      assertTrue(System.nanoTime() - begin < 60_000_000_000L);
    }
  }

  /// The words of the JDK by which a break is told; a runtime that words them otherwise fails here.
  @Test
  void R207_the_words_of_the_runtime_are_known() {
    assertBreak(new SSLException("Unsupported or unrecognized SSL message"), Break.NOT_TLS);
    assertBreak(alert("protocol_version"), Break.PROTOCOL_VERSION);
    assertBreak(alert("handshake_failure"), Break.NO_COMMON_SUITE);
    assertBreak(alert("insufficient_security"), Break.NO_COMMON_SUITE);
    assertBreak(alert("certificate_required"), Break.CLIENT_CERTIFICATE_WANTED);
    assertBreak(alert("unrecognized_name"), Break.NAME_NOT_SERVED);
    assertBreak(new SocketTimeoutException("Read timed out"), Break.TIMED_OUT);
    assertBreak(new SocketException("Connection reset"), Break.CLOSED);
    assertBreak(
        new SSLHandshakeException("Remote host terminated the handshake", new EOFException()),
        Break.CLOSED);
    assertBreak(new SSLException("something new"), Break.OTHER);
  }

  /// The figure of such a sentence is no alert.
  @Test
  void R207_a_limit_of_the_runtime_is_told_as_one() {
    var size =
        Handshake.findingOf(
            new SSLProtocolException(
                "The size of the handshake message (47363) exceeds the maximum allowed size (32768)"));
    assertEquals(Break.OVERSIZED, size.kind());
    assertEquals(
        "It sends a handshake message of 47363 octets; at most 32768 are taken.", size.detail());
    assertEquals("TLS alert internal_error", Handshake.findingOf(alert("internal_error")).detail());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void R105_a_chain_of_ten_certificates_is_read_and_one_of_eleven_is_named(String version)
      throws IOException {
    assertInstanceOf(Handshake.Result.Established.class, upgradeWithChainOf(10, version));
    var failed =
        assertInstanceOf(Handshake.Result.Failed.class, upgradeWithChainOf(11, version)).finding();
    assertEquals(Break.OVERSIZED, failed.kind());
    assertEquals("It sends more certificates than the 10 that are taken.", failed.detail());
  }

  private static Handshake.Result upgradeWithChainOf(int certificates, String version)
      throws IOException {
    var authority = new Authority(NOW);
    var chain = new ArrayDeque<X509Certificate>();
    for (var n = 1; n < certificates; n++) {
      authority = authority.intermediate(Profile.authority("Test Intermediate " + n, NOW));
      chain.addFirst(authority.certificate());
    }
    var leaf = authority.issue(Profile.server("mx.test", NOW));
    chain.addFirst(leaf.certificate());
    var context = Authority.context(leaf.key(), chain.toArray(X509Certificate[]::new));
    try (var listener = listener()) {
      Thread.ofVirtual().start(() -> serve(listener, context, version));
      return upgrade(listener, PATIENCE);
    }
  }

  private static void assertBreak(IOException e, Break expected) {
    assertEquals(expected, Handshake.findingOf(e).kind());
  }

  private static SSLException alert(String name) {
    return new SSLHandshakeException("(" + name + ") Received fatal alert: " + name);
  }

  private static Hello hello(String host) throws IOException {
    try (var listener = listener();
        var socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
        var server = listener.accept()) {
      var client =
          Thread.ofVirtual()
              .start(() ->
                  Handshake.upgrade(
                      socket,
                      HostName.parse(host),
                      Trust.publicAuthorities(),
                      () -> NOW,
                      PATIENCE));
      var hello = Hello.read(server.getInputStream());
      server.shutdownOutput();
      client.join();
      return hello;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Handshake.Result upgrade(ServerSocket listener, Duration within)
      throws IOException {
    try (var socket = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
      return Handshake.upgrade(
          socket, HostName.parse("mx.test"), Trust.publicAuthorities(), () -> NOW, within);
    }
  }

  private static ServerSocket listener() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static void serve(
      ServerSocket listener, javax.net.ssl.SSLContext context, String version) {
    try (var socket = listener.accept();
        var secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true)) {
      secured.setUseClientMode(false);
      secured.setEnabledProtocols(new String[] {version});
      secured.startHandshake();
      secured.getInputStream().read();
    } catch (IOException _) {
      // The client has seen enough.
      return;
    }
  }

  /// A record of 16 KiB is announced and its octets come one in 20 ms.
  private static void drip(ServerSocket listener) {
    try (var socket = listener.accept()) {
      socket.getOutputStream().write(new byte[] {0x16, 3, 3, 0x40, 0});
      for (var i = 0; i < 16_384; i++) {
        socket.getOutputStream().write(2);
        new java.util.concurrent.CountDownLatch(1)
            .await(20, java.util.concurrent.TimeUnit.MILLISECONDS);
      }
    } catch (IOException _) {
      // The client has gone.
      return;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
