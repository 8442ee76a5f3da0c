package io.postern.smtp.tls;

import io.postern.smtp.HostName;
import io.postern.smtp.diagnosis.Finding.HandshakeFailed;
import io.postern.smtp.diagnosis.Finding.HandshakeFailed.Break;
import io.postern.smtp.wire.Watchdog;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/// Puts TLS over a connected socket and has the certificate judged. The handshake itself takes any
/// chain, so that the judgement can say exactly what is wrong; nothing of the session goes over the
/// socket before the caller has looked at it.
public final class Handshake {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private Handshake() {}

  /// How it ended.
  public sealed interface Result {
    /// The handshake is through; whether the certificate is acceptable stands in the report.
    ///
    /// @param clientCertificateAsked whether the server asked for a certificate, which it did not
    ///   get: with TLS 1.3 its refusal comes only with the first read
    /// @param application what the server chose by ALPN; empty when it chose nothing
    record Established(
        SSLSocket socket,
        ChainReport chain,
        String protocol,
        String suite,
        boolean clientCertificateAsked,
        String application)
        implements Result {}

    /// It broke for another cause than the certificate.
    record Failed(HandshakeFailed finding) implements Result {}
  }

  /// What the client brings to a handshake.
  ///
  /// @param reference the configured host: SNI and reference identity
  /// @param clock for the dates of the certificates, read when they have come
  /// @param serverName whether SNI is sent at all; a probe leaves it out to compare
  /// @param applications protocols offered by ALPN, none in a session
  public record Terms(
      HostName reference,
      Trust trust,
      InstantSource clock,
      boolean serverName,
      List<String> applications) {
    public Terms {
      applications = List.copyOf(applications);
    }
  }

  /// @param reference the configured host: SNI and reference identity
  /// @param clock for the dates of the certificates, read when they have come
  /// @param within for the whole handshake, however the server cuts it into pieces
  public static Result upgrade(
      Socket plain, HostName reference, Trust trust, InstantSource clock, Duration within) {
    return upgrade(plain, new Terms(reference, trust, clock, true, List.of()), within);
  }

  /// The same on other terms, for a second look.
  public static Result upgrade(Socket plain, Terms terms, Duration within) {
    var key = new NoKey();
    try {
      plain.setSoTimeout((int) within.toMillis());
      var socket = socket(plain, terms, key);
      Watchdog.watch(plain, within, socket::startHandshake);
      var session = socket.getSession();
      var chain =
          Arrays.stream(session.getPeerCertificates()).map(X509Certificate.class::cast).toList();
      var report =
          new ChainJudge(terms.trust(), terms.clock().instant()).judge(chain, terms.reference());
      var application = socket.getApplicationProtocol();
      return new Result.Established(
          socket,
          report,
          session.getProtocol(),
          session.getCipherSuite(),
          key.asked(),
          application == null ? "" : application);
    } catch (IOException e) {
      var finding = findingOf(e);
      return new Result.Failed(
          key.asked() ? new HandshakeFailed(afterAsking(finding), finding.detail()) : finding);
    }
  }

  /// TLS 1.2 has no alert of its own for a missing client certificate: the server asks, gets none
  /// and breaks off.
  private static Break afterAsking(HandshakeFailed finding) {
    return switch (finding.kind()) {
      case NO_COMMON_SUITE, CLOSED, OTHER -> Break.CLIENT_CERTIFICATE_WANTED;
      case NOT_TLS,
          PROTOCOL_VERSION,
          SERVER_TOO_OLD,
          CLIENT_CERTIFICATE_WANTED,
          NAME_NOT_SERVED,
          WEAK_DH,
          LEGACY_SIGNATURE,
          OVERSIZED,
          TIMED_OUT ->
          finding.kind();
    };
  }

  /// What a broken handshake says. The JDK's exceptions are mapped by type and alert name (F-012),
  /// never shown.
  public static HandshakeFailed findingOf(IOException e) {
    var text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return new HandshakeFailed(kindOf(e, text), detail(text));
  }

  private static Break kindOf(IOException e, String text) {
    if (e instanceof SocketTimeoutException) {
      return Break.TIMED_OUT;
    }
    for (var sign : SIGNS) {
      if (text.contains(sign.words())) {
        return sign.kind();
      }
    }
    var closed =
        e.getCause() instanceof EOFException
            || e instanceof EOFException
            || e instanceof SocketException;
    return closed || !(e instanceof SSLException) ? Break.CLOSED : Break.OTHER;
  }

  /// A word of an alert or of the JDK, and what it means.
  private record Sign(String words, Break kind) {}

  private static final List<Sign> SIGNS =
      List.of(
          new Sign("exceeds the maximum allowed", Break.OVERSIZED),
          new Sign("unsupported or unrecognized ssl message", Break.NOT_TLS),
          new Sign("not an ssl/tls record", Break.NOT_TLS),
          new Sign("selected protocol version", Break.SERVER_TOO_OLD),
          new Sign("protocol_version", Break.PROTOCOL_VERSION),
          new Sign("certificate_required", Break.CLIENT_CERTIFICATE_WANTED),
          new Sign("received fatal alert: bad_certificate", Break.CLIENT_CERTIFICATE_WANTED),
          new Sign("unrecognized_name", Break.NAME_NOT_SERVED),
          new Sign("dh serverkeyexchange does not comply", Break.WEAK_DH),
          new Sign("dh key", Break.WEAK_DH),
          new Sign("insufficient_security", Break.NO_COMMON_SUITE),
          new Sign("signaturescheme", Break.LEGACY_SIGNATURE),
          new Sign("signature algorithm", Break.LEGACY_SIGNATURE),
          new Sign("handshake_failure", Break.NO_COMMON_SUITE));

  private static final Pattern LIMIT = Pattern.compile("\\(([0-9]+)\\).*\\(([0-9]+)\\)");
  private static final Pattern ALERT = Pattern.compile("\\(([a-z_]+)\\)");

  /// The alert's name, or the limit that was passed, when there is one.
  private static String detail(String text) {
    var limit = LIMIT.matcher(text);
    if (limit.find()) {
      return text.contains("chain length")
          ? "It sends more certificates than the %s that are taken.".formatted(limit.group(2))
          : "It sends a handshake message of %s octets; at most %s are taken."
              .formatted(limit.group(1), limit.group(2));
    }
    var named = ALERT.matcher(text);
    if (named.find()) {
      return "TLS alert " + named.group(1);
    }
    var alert = text.indexOf("alert: ");
    return alert < 0 ? "" : "TLS alert " + text.substring(alert + "alert: ".length());
  }

  private static SSLSocket socket(Socket plain, Terms terms, NoKey key) throws IOException {
    var reference = terms.reference();
    var socket =
        (SSLSocket)
            context(key)
                .getSocketFactory()
                .createSocket(plain, reference.ascii(), plain.getPort(), true);
    var parameters = socket.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    List<SNIServerName> names =
        !terms.serverName() || reference.isAddress() || !reference.ascii().contains(".")
            ? List.of()
            : List.of(new SNIHostName(reference.ascii()));
    parameters.setServerNames(names);
    parameters.setApplicationProtocols(terms.applications().toArray(String[]::new));
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static SSLContext context(NoKey key) throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {key}, new TrustManager[] {new TakesOne()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("This Java runtime has no TLS.", e);
    }
  }
}
