package io.postern.console;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Comes to the console over TLS.
public final class TlsClient {
  private TlsClient() {}

  /// A client that trusts this certificate and no other, and checks the name.
  public static HttpClient trusting(Certificate certificate) {
    try {
      var anchors = KeyStore.getInstance(KeyStore.getDefaultType());
      anchors.load(null, null);
      anchors.setCertificateEntry("postern", certificate);
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(anchors);
      return HttpClient.newBuilder().sslContext(context(trust.getTrustManagers())).build();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What a console shows to a new connection.
  ///
  /// @return null when it does not speak TLS, or nobody listens
  public static @Nullable X509Certificate shown(String address) {
    var uri = URI.create(address);
    try (var socket =
        (SSLSocket)
            context(new TrustManager[] {new Anybody()})
                .getSocketFactory()
                .createSocket("localhost", uri.getPort())) {
      socket.setSoTimeout(5_000);
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    } catch (IOException _) {
      // Not now.
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The suites that a console agrees to, each offered alone.
  public static Set<String> suites(String address) {
    var taken = new TreeSet<String>();
    try {
      var context = context(new TrustManager[] {new Anybody()});
      for (var suite : context.getSupportedSSLParameters().getCipherSuites()) {
        if (agrees(context, URI.create(address).getPort(), suite)) {
          taken.add(suite);
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return taken;
  }

  private static boolean agrees(SSLContext context, int port, String suite) {
    try (var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
      socket.setSoTimeout(5_000);
      socket.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {suite});
      socket.startHandshake();
      return socket.getSession().getCipherSuite().equals(suite);
    } catch (IOException _) {
      // Not with this one.
      return false;
    }
  }

  private static SSLContext context(TrustManager[] trust) throws GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust, null);
    return context;
  }

  /// Looks at a certificate without judging it.
  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
