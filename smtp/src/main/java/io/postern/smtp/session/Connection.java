package io.postern.smtp.session;

import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.session.Climb.End;
import io.postern.smtp.tls.ChainReport;
import io.postern.smtp.tls.Handshake;
import io.postern.smtp.wire.Deadline;
import io.postern.smtp.wire.ProtocolException;
import io.postern.smtp.wire.Transcript;
import io.postern.smtp.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// The connection of a session: its socket, the wire over it, and how it is protected.
final class Connection {
  private final Relay relay;
  private final Network network;
  private final Transcript transcript;
  private volatile @Nullable Socket socket;

  /// Below TLS: closing TLS would wait for the read that hangs.
  private volatile @Nullable Socket lowest;

  private @Nullable Wire wire;
  private @Nullable ChainReport chain;
  private String tls = "";
  private boolean certificateAsked;

  Connection(Relay relay, Network network, Transcript transcript) {
    this.relay = relay;
    this.network = network;
    this.transcript = transcript;
  }

  void over(Socket connected) throws IOException {
    socket = connected;
    lowest = connected;
    wire = new Wire(connected, transcript);
  }

  private void over(SSLSocket secured, Socket below) throws IOException {
    socket = secured;
    wire = new Wire(secured, below, transcript);
  }

  Wire wire() {
    return java.util.Objects.requireNonNull(wire, "the session is not open");
  }

  @Nullable InetAddress peer() {
    var open = socket;
    return open == null ? null : open.getInetAddress();
  }

  @Nullable InetAddress local() {
    var open = socket;
    return open == null ? null : open.getLocalAddress();
  }

  /// The server's certificates, once TLS is up.
  @Nullable ChainReport chain() {
    return chain;
  }

  /// The TLS version, empty without TLS.
  String tls() {
    return tls;
  }

  /// The handshake. No buffer of the time before survives it.
  End secure(Deadline deadline) throws IOException {
    var left = Duration.ofMillis(deadline.millisLeft());
    var plain = wire().socket();
    var result = Handshake.upgrade(plain, relay.host(), relay.trust(), network.clock(), left);
    return switch (result) {
      case Handshake.Result.Failed(var finding) -> new End.Broken(finding, null);
      case Handshake.Result.Established established -> {
        over(established.socket(), plain);
        chain = established.chain();
        tls = established.protocol().replace("TLSv", "TLS ");
        certificateAsked = established.clientCertificateAsked();
        transcript.note(tls + ", " + established.suite());
        yield new End.Passed(tls);
      }
    };
  }

  /// The first exchange inside TLS 1.3, where the server's refusal of a missing client certificate
  /// arrives: as an alert, or only as an end of the connection.
  End first(Climb.Step step, Deadline deadline) throws IOException {
    try {
      return step.run(deadline);
    } catch (ProtocolException | SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      if (!certificateAsked) {
        throw e;
      }
      return new End.Broken(
          new Finding.HandshakeFailed(
              Finding.HandshakeFailed.Break.CLIENT_CERTIFICATE_WANTED,
              "The server asked for a client certificate and broke off without one."),
          null);
    }
  }

  /// Judges the certificates that came with the handshake.
  End judge() {
    var report = java.util.Objects.requireNonNull(chain);
    Finding refusal = report.refusal();
    if (refusal == null) {
      return new End.Passed(Opening.trusted(report, network.clock().instant()));
    }
    return relay.trust().insecureSkipVerify()
        ? new End.Warned("Not verified. " + Facts.of(refusal))
        : new End.Broken(refusal, null);
  }

  /// Whether it has said something that nobody asked for, and that is no goodbye.
  boolean spokeOutOfTurn() {
    var open = wire;
    try {
      if (open != null) {
        open.isClosing();
      }
      return false;
    } catch (ProtocolException _) {
      return true;
    } catch (IOException _) {
      // The connection is gone.
      return false;
    }
  }

  /// Whether the server has said nothing that nobody asked for.
  boolean isQuiet() {
    try {
      return wire != null && !wire.hasEarlyOctets();
    } catch (IOException _) {
      // The connection is gone.
      return false;
    }
  }

  /// Says QUIT.
  ///
  /// @return whether an answer may come
  boolean quit() {
    var open = wire;
    if (open == null) {
      return false;
    }
    try {
      open.command("QUIT");
      open.flush();
      return true;
    } catch (IOException _) {
      // Whatever was sent before has its answer already.
      return false;
    }
  }

  /// Reads the answer to QUIT, if it comes. A slow or lost one changes nothing.
  void farewell() {
    try {
      wire().read(Deadline.after(relay.patience().quit(), network.ticks()));
    } catch (IOException _) {
      // The server owes nothing any more.
    }
  }

  /// Breaks the connection under whoever reads from it, from another thread.
  void cut() {
    close(lowest);
  }

  void close() {
    close(socket);
  }

  private static void close(@Nullable Socket open) {
    if (open != null) {
      try {
        open.close();
      } catch (IOException _) {
        // Nothing depends on it.
      }
    }
  }
}
