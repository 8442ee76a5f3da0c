package io.postern.smtp.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.postern.smtp.HostName;
import io.postern.smtp.Security;
import io.postern.smtp.diagnosis.Circumstances;
import io.postern.smtp.fixtures.EveryName;
import io.postern.smtp.session.Dialer;
import io.postern.smtp.session.EgressDeniedException;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.Patience;
import io.postern.smtp.session.Relay;
import io.postern.smtp.session.SystemDialer;
import io.postern.smtp.tls.Trust;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a certificate points to is fetched within bounds, or not at all.
class FetchTest {
  private static final String HEAD = "HTTP/1.0 200 OK\r\n\r\n";

  @Test
  void an_answer_up_to_the_limit_is_taken_and_one_octet_more_is_not() throws IOException {
    var fits = Fetch.OCTETS_MAX - HEAD.length();
    try (var small = serving(HEAD + "x".repeat(fits));
        var large = serving(HEAD + "x".repeat(fits + 1))) {
      assertEquals(fits, fetch(small).length);
      assertThrows(IOException.class, () -> fetch(large));
    }
  }

  @Test
  void R517_a_redirect_is_not_followed() throws IOException {
    try (var elsewhere = serving(HEAD + "secret");
        var redirects =
            serving(
                "HTTP/1.0 302 Found\r\nLocation: http://pki.test:%d/\r\n\r\n"
                    .formatted(elsewhere.port()))) {
      assertThrows(IOException.class, () -> fetch(redirects));
      assertEquals(0, elsewhere.count());
    }
  }

  @Test
  void the_content_stands_behind_the_first_blank_line() throws IOException {
    try (var server = serving("HTTP/1.1 200 OK\r\nX: y\r\n\r\na\r\n\r\nb")) {
      assertArrayEquals("a\r\n\r\nb".getBytes(StandardCharsets.US_ASCII), fetch(server));
    }
  }

  @Test
  void other_schemes_are_not_fetched() {
    for (var address : List.of("https://pki.test/", "ftp://pki.test/", "ldap://pki.test/", "x")) {
      assertThrows(
          IOException.class, () -> new Fetch(site(new SystemDialer())).get(URI.create(address)));
    }
  }

  @Test
  void R510_the_address_goes_through_the_strict_gate() throws IOException {
    try (var server = serving(HEAD + "x")) {
      var address = URI.create("http://pki.test:%d/".formatted(server.port()));
      assertThrows(EgressDeniedException.class, () -> new Fetch(site(new Gate())).get(address));
      assertEquals(0, server.count());
    }
  }

  /// Open for the relay, shut for what a peer names.
  private static final class Gate implements Dialer {
    @Override
    public Socket dial(InetSocketAddress address, Duration within) throws IOException {
      return new SystemDialer().dial(address, within);
    }

    @Override
    public Dialer chosenByPeer() {
      return (_, _) -> {
        throw new EgressDeniedException("not there", false);
      };
    }
  }

  private static Doorways serving(String answer) throws IOException {
    return new Doorways((socket, _) -> {
      socket.getInputStream().read();
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    });
  }

  private static byte[] fetch(Doorways server) throws IOException {
    return new Fetch(site(new SystemDialer()))
        .get(URI.create("http://pki.test:%d/issuer.der".formatted(server.port())));
  }

  private static Site site(Dialer dialer) {
    var network =
        new Network(
            new EveryName(),
            dialer,
            InstantSource.fixed(Instant.EPOCH),
            System::nanoTime,
            new Random(7));
    var relay =
        new Relay(
            HostName.parse("mx.test"),
            465,
            Security.TLS,
            Trust.publicAuthorities(),
            null,
            null,
            Patience.ofCheck());
    var subject = new Subject(relay, null, null, Circumstances.UNKNOWN, Duration.ofSeconds(20));
    return new Site(network, subject, List.of(), null);
  }
}
