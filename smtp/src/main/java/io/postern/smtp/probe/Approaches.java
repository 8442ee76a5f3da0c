package io.postern.smtp.probe;

import io.postern.smtp.HostName;
import io.postern.smtp.Printable;
import io.postern.smtp.Reply;
import io.postern.smtp.diagnosis.FirstLine;
import io.postern.smtp.diagnosis.Observation;
import io.postern.smtp.diagnosis.Observation.FirstWords;
import io.postern.smtp.diagnosis.Observation.Sibling;
import io.postern.smtp.diagnosis.Observation.TlsOffer;
import io.postern.smtp.diagnosis.Observation.TlsOffer.Answer;
import io.postern.smtp.tls.Handshake;
import io.postern.smtp.wire.Deadline;
import io.postern.smtp.wire.Transcript;
import io.postern.smtp.wire.Wire;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/// Second connections to the relay that approach it in another way than the session does.
final class Approaches {
  /// A greeting inside TLS may be as late as one outside.
  static final Duration GREETING_MAX = Duration.ofSeconds(30);

  private static final List<String> WEB = List.of("h2", "http/1.1");
  private static final byte[] QUIT = "QUIT\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Site site;

  Approaches(Site site) {
    this.site = site;
  }

  /// Says nothing and listens.
  ///
  /// @param waits whether the session still waits: so long, and two seconds more, it listens
  FirstWords silently(BooleanSupplier waits) throws IOException {
    try (var socket = site.again(site.port())) {
      var deadline = Deadline.after(GREETING_MAX, site.network().ticks());
      var heard = Lines.first(socket, deadline, new Lingering(waits, site));
      takeLeave(socket, heard.first());
      return new FirstWords(FirstLine.kept(heard.first()), heard.ending());
    }
  }

  /// Offers TLS at once, the protocols of the web beside it, and listens inside.
  ///
  /// @param wanted whether the session still waits: so long the greeting inside is waited for
  TlsOffer withTls(BooleanSupplier wanted) throws IOException {
    try (var socket = site.again(site.port())) {
      return switch (site.secure(socket, true, WEB)) {
        case Handshake.Result.Established established -> inside(established, wanted);
        case Handshake.Result.Failed(var finding) -> new TlsOffer(answer(finding.kind()), "", "");
      };
    }
  }

  /// What this port offers in the clear, where something else was tried. No sign-in.
  List<Observation> inTheClear() {
    try (var socket = site.again(site.port())) {
      return List.of(offered(socket, site.port(), false));
    } catch (IOException _) {
      // The first words alone are an observation too.
      return List.of();
    }
  }

  /// What another mail port of the relay offers, in the clear or, on 465, inside TLS. No sign-in.
  List<Observation> sibling(int port) throws IOException {
    try (var socket = site.again(port)) {
      if (port != 465) {
        return List.of(offered(socket, port, false));
      }
      return site.secure(socket, true, List.of()) instanceof Handshake.Result.Established secured
          ? List.of(offered(secured.socket(), port, true))
          : List.of();
    }
  }

  private Sibling offered(Socket socket, int port, boolean tls) throws IOException {
    var deadline = site.deadline();
    var wire = new Wire(socket, new Transcript());
    var greeting = wire.greeting(deadline);
    var hello = ask(wire, "EHLO " + ownName(socket), deadline);
    takeLeave(socket, "220");
    return new Sibling(
        port, tls, greeting.text(), hello.isPositive() ? keywords(hello) : List.of());
  }

  private String ownName(Socket socket) {
    var given = site.subject().relay().ehloName();
    return given != null ? given.inEhlo() : HostName.of(socket.getLocalAddress()).inEhlo();
  }

  private static Reply ask(Wire wire, String command, Deadline deadline) throws IOException {
    wire.command(command);
    wire.flush();
    return wire.read(deadline);
  }

  private static List<String> keywords(Reply hello) {
    return hello.lines().stream()
        .skip(1)
        .map(line -> line.strip().split(" ", 2)[0].toUpperCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .sorted()
        .distinct()
        .toList();
  }

  private TlsOffer inside(Handshake.Result.Established established, BooleanSupplier wanted)
      throws IOException {
    var application = Printable.of(established.application());
    if (WEB.contains(application)) {
      return new TlsOffer(Answer.ESTABLISHED, "", application);
    }
    var deadline = Deadline.after(GREETING_MAX, site.network().ticks());
    var heard = Lines.first(established.socket(), deadline, wanted);
    takeLeave(established.socket(), heard.first());
    return new TlsOffer(Answer.ESTABLISHED, FirstLine.kept(heard.first()), application);
  }

  private static Answer answer(io.postern.smtp.diagnosis.Finding.HandshakeFailed.Break kind) {
    return switch (kind) {
      case NOT_TLS -> Answer.OTHER_TEXT;
      case TIMED_OUT -> Answer.SILENT;
      case CLOSED -> Answer.CLOSED;
      case PROTOCOL_VERSION,
          SERVER_TOO_OLD,
          NO_COMMON_SUITE,
          CLIENT_CERTIFICATE_WANTED,
          OVERSIZED,
          NAME_NOT_SERVED,
          WEAK_DH,
          LEGACY_SIGNATURE,
          OTHER ->
          Answer.ALERT;
    };
  }

  /// Still wanted for two seconds after the session stopped waiting.
  private static final class Lingering implements BooleanSupplier {
    private final BooleanSupplier waits;
    private final Site site;
    private Deadline left;

    Lingering(BooleanSupplier waits, Site site) {
      this.waits = waits;
      this.site = site;
      this.left = site.deadline();
    }

    @Override
    public boolean getAsBoolean() {
      if (waits.getAsBoolean()) {
        left = site.deadline();
      }
      return !left.left().isZero();
    }
  }

  /// A mail server is told that the visit is over, so that its log shows no broken session.
  private static void takeLeave(Socket socket, String first) throws IOException {
    if (first.startsWith("220")) {
      socket.getOutputStream().write(QUIT);
    }
  }
}
