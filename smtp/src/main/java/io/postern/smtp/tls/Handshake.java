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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Puts TLS over a connected socket and has the certificate judged. The handshake itself takes any
/// chain, so that the judgement can say exactly what is wrong; nothing of the session goes over the
/// socket before the caller has looked at it.
public final class Handshake {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private Handshake() {}

  /// How it ended.
  public sealed interface Result {
    /// The handshake is through; whether the certificate is acceptable stands in the report.
    record Established(SSLSocket socket, ChainReport chain, String protocol, String suite)
        implements Result {}

    /// It broke for another cause than the certificate.
    record Failed(HandshakeFailed finding) implements Result {}
  }

  /// @param reference the configured host: SNI and reference identity
  /// @param now for the dates of the certificates
  /// @param within for the whole handshake, however the server cuts it into pieces
  public static Result upgrade(
      Socket plain, HostName reference, Trust trust, Instant now, Duration within) {
    try {
      plain.setSoTimeout((int) within.toMillis());
      var socket = socket(plain, reference);
      Watchdog.watch(plain, within, socket::startHandshake);
      var session = socket.getSession();
      var chain =
          Arrays.stream(session.getPeerCertificates()).map(X509Certificate.class::cast).toList();
      var report = new ChainJudge(trust, now).judge(chain, reference);
      return new Result.Established(
          socket, report, session.getProtocol(), session.getCipherSuite());
    } catch (IOException e) {
      return new Result.Failed(findingOf(e));
    }
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
          new Sign("unsupported or unrecognized ssl message", Break.NOT_TLS),
          new Sign("not an ssl/tls record", Break.NOT_TLS),
          new Sign("protocol_version", Break.PROTOCOL_VERSION),
          new Sign("selected protocol version", Break.PROTOCOL_VERSION),
          new Sign("certificate_required", Break.CLIENT_CERTIFICATE_WANTED),
          new Sign("received fatal alert: bad_certificate", Break.CLIENT_CERTIFICATE_WANTED),
          new Sign("unrecognized_name", Break.NAME_NOT_SERVED),
          new Sign("dh serverkeyexchange does not comply", Break.WEAK_DH),
          new Sign("dh key", Break.WEAK_DH),
          new Sign("insufficient_security", Break.NO_COMMON_SUITE),
          new Sign("signaturescheme", Break.LEGACY_SIGNATURE),
          new Sign("signature algorithm", Break.LEGACY_SIGNATURE),
          new Sign("handshake_failure", Break.NO_COMMON_SUITE));

  /// The alert's name, when there is one.
  private static String detail(String text) {
    var open = text.indexOf('(');
    var close = text.indexOf(')', open + 1);
    if (open >= 0 && close > open) {
      return "TLS alert " + text.substring(open + 1, close);
    }
    var alert = text.indexOf("alert: ");
    return alert < 0 ? "" : "TLS alert " + text.substring(alert + "alert: ".length());
  }

  private static SSLSocket socket(Socket plain, HostName reference) throws IOException {
    var socket =
        (SSLSocket)
            context()
                .getSocketFactory()
                .createSocket(plain, reference.ascii(), plain.getPort(), true);
    var parameters = socket.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    List<SNIServerName> names =
        reference.isAddress() || !reference.ascii().contains(".")
            ? List.of()
            : List.of(new SNIHostName(reference.ascii()));
    parameters.setServerNames(names);
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static SSLContext context() throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {TakesAny.INSTANCE}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("This Java runtime has no TLS.", e);
    }
  }

  /// Takes any chain; [ChainJudge] judges it afterwards.
  private static final class TakesAny extends X509ExtendedTrustManager {
    static final TakesAny INSTANCE = new TakesAny();

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
      throw new IllegalStateException("Postern is no TLS server.");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      throw new IllegalStateException("Postern is no TLS server.");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new IllegalStateException("Postern is no TLS server.");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
