package io.postern.smtp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.postern.smtp.HostName;
import io.postern.smtp.fixtures.Authority;
import io.postern.smtp.fixtures.Profile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A server that begins the handshake of TLS 1.2 anew (RFC 5746) shows the certificate that was
/// judged, or is left: nobody slips into a session that was found good.
class RenegotiationTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Authority authority = new Authority(NOW);
  private final Authority.Certified good = authority.issue(Profile.server("mx.test", NOW));
  private final Authority.Certified other = authority.issue(Profile.server("other.test", NOW));

  @Test
  void R205_a_server_that_renegotiates_with_the_certificate_that_was_judged_is_heard()
      throws Exception {
    assertEquals('2', firstOctetAfterRenegotiation(good));
  }

  @Test
  void R205_a_server_that_renegotiates_with_another_certificate_is_left() {
    assertThrows(SSLException.class, () -> firstOctetAfterRenegotiation(other));
  }

  private int firstOctetAfterRenegotiation(Authority.Certified second) throws Exception {
    var shown = new AtomicReference<>(good);
    var context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {new Shows(shown)}, null, null);
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> serve(listener, context, () -> shown.set(second)));
      try (var socket = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
        var result =
            Handshake.upgrade(
                socket,
                HostName.parse("mx.test"),
                new Trust(List.of(authority.certificate()), false),
                () -> NOW,
                PATIENCE);
        var secured = assertInstanceOf(Handshake.Result.Established.class, result).socket();
        secured.setSoTimeout((int) PATIENCE.toMillis());
        return secured.getInputStream().read();
      }
    }
  }

  private static void serve(ServerSocket listener, SSLContext context, Runnable change) {
    try (var socket = listener.accept();
        var secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true)) {
      secured.setUseClientMode(false);
      secured.setEnabledProtocols(new String[] {"TLSv1.2"});
      secured.startHandshake();
      secured.getSession().invalidate();
      change.run();
      // The second handshake goes on while both sides read, and ends before the greeting.
      secured.addHandshakeCompletedListener(_ -> greet(secured));
      secured.startHandshake();
      secured.getInputStream().read();
    } catch (IOException _) {
      // The client has gone.
      return;
    }
  }

  private static void greet(SSLSocket socket) {
    try {
      socket.getOutputStream().write("220 mx.test".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException _) {
      // The client has gone.
      return;
    }
  }

  /// Shows the certificate of the moment.
  private static final class Shows extends X509ExtendedKeyManager {
    private final AtomicReference<Authority.Certified> shown;

    Shows(AtomicReference<Authority.Certified> shown) {
      this.shown = shown;
    }

    @Override
    public String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return type + "-" + System.identityHashCode(shown.get());
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {shown.get().certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return shown.get().key();
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }
  }
}
