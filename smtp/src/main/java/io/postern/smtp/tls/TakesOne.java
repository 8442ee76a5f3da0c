package io.postern.smtp.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Takes any chain for one connection, because [ChainJudge] judges it afterwards, and then no other
/// server certificate: a renegotiation (RFC 5746) could show one that nobody judges.
final class TakesOne extends X509ExtendedTrustManager {
  private final AtomicReference<@Nullable X509Certificate> taken = new AtomicReference<>();

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
    throw new IllegalStateException("Postern is no TLS server.");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    take(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    throw new IllegalStateException("Postern is no TLS server.");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    take(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {
    throw new IllegalStateException("Postern is no TLS server.");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    take(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private void take(X509Certificate[] chain) throws CertificateException {
    if (!taken.compareAndSet(null, chain[0]) && !chain[0].equals(taken.get())) {
      throw new CertificateException("The server shows another certificate than before.");
    }
  }
}
