package io.postern.smtp.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.HostName;
import io.postern.smtp.fixtures.Authority;
import io.postern.smtp.tls.Handshake;
import io.postern.smtp.tls.Trust;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Early octets inside TLS: records that wait below are looked into, and neither what TLS
/// says to itself nor half a record is taken for a word of the server.
class TlsRecordsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void R110_a_record_that_nobody_asked_for_is_noticed(String version)
      throws IOException, InterruptedException {
    try (var line = new Line(version)) {
      line.say("250 one\r\n");
      assertEquals("one", line.wire.read(deadline()).text());
      line.say("250 two\r\n");
      line.awaitOctets();
      assertTrue(line.wire.hasEarlyOctets());
      assertThrows(ProtocolException.class, () -> line.wire.command("NOOP"));
    }
  }

  /// The tickets of TLS 1.3 come behind the handshake.
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void R110_what_tls_says_to_itself_is_no_word(String version)
      throws IOException, InterruptedException {
    try (var line = new Line(version)) {
      assertFalse(line.wire.hasEarlyOctets());
      line.wire.command("NOOP");
      line.say("250 one\r\n");
      assertEquals("one", line.wire.read(deadline()).text());
      assertFalse(line.wire.hasEarlyOctets());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void R110_half_a_record_is_read_on_later(String version)
      throws IOException, InterruptedException {
    try (var line = new Line(version)) {
      line.say("250 one\r\n");
      assertEquals("one", line.wire.read(deadline()).text());
      for (var cut : new int[] {1, 3, 5, 6, 20}) {
        line.holds = true;
        line.say("250 two\r\n");
        var record = line.held.take();
        line.handOn(Arrays.copyOf(record, cut));
        line.awaitOctets();
        assertFalse(line.wire.hasEarlyOctets(), "cut at " + cut);
        assertFalse(line.wire.hasEarlyOctets(), "cut at " + cut);
        line.holds = false;
        line.handOn(Arrays.copyOfRange(record, cut, record.length));
        assertEquals("two", line.wire.read(deadline()).text());
      }
    }
  }

  private static Deadline deadline() {
    return Deadline.after(PATIENCE, System::nanoTime);
  }

  /// A client and a server with TLS between them, and in between a passage that can hold back what
  /// the server sends.
  private static final class Line implements Closeable {
    private final Socket plain;
    private final Socket passage;
    private final Socket onward;
    private final SSLSocket server;
    private final Wire wire;
    private final BlockingQueue<byte[]> held = new LinkedBlockingQueue<>();
    private volatile boolean holds;

    Line(String version) throws IOException, InterruptedException {
      try (var front = listener();
          var back = listener()) {
        plain = new Socket(front.getInetAddress(), front.getLocalPort());
        passage = front.accept();
        onward = new Socket(back.getInetAddress(), back.getLocalPort());
        server =
            (SSLSocket)
                new Authority(NOW)
                    .server("good", "mx.test")
                    .getSocketFactory()
                    .createSocket(back.accept(), null, true);
      }
      Thread.ofVirtual().start(this::passOn);
      Thread.ofVirtual().start(this::passBack);
      server.setUseClientMode(false);
      server.setEnabledProtocols(new String[] {version});
      var shaking = Thread.ofVirtual().start(this::startServer);
      var result =
          Handshake.upgrade(
              plain, HostName.parse("mx.test"), Trust.publicAuthorities(), () -> NOW, PATIENCE);
      shaking.join();
      var established = assertInstanceOf(Handshake.Result.Established.class, result);
      wire = new Wire(established.socket(), plain, new Transcript());
    }

    void say(String text) throws IOException {
      server.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    void handOn(byte[] octets) throws IOException {
      passage.getOutputStream().write(octets);
    }

    /// Until what was handed on has come through the system.
    void awaitOctets() throws IOException {
      while (plain.getInputStream().available() == 0) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void close() throws IOException {
      plain.close();
      passage.close();
      onward.close();
      server.close();
    }

    private static ServerSocket listener() throws IOException {
      return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private void startServer() {
      try {
        server.startHandshake();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private void passOn() {
      try {
        passage.getInputStream().transferTo(onward.getOutputStream());
      } catch (IOException _) {
        // The test is over.
        return;
      }
    }

    private void passBack() {
      var octets = new byte[32_768];
      try {
        int count;
        while ((count = onward.getInputStream().read(octets)) >= 0) {
          var part = Arrays.copyOf(octets, count);
          if (holds) {
            held.add(part);
          } else {
            handOn(part);
          }
        }
      } catch (IOException _) {
        // The test is over.
        return;
      }
    }
  }
}
