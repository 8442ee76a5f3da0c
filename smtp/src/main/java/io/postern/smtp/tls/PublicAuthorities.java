package io.postern.smtp.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.TrustAnchor;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// The public authorities that this Java runtime trusts, read once.
final class PublicAuthorities {
  private PublicAuthorities() {}

  static Set<TrustAnchor> anchors() {
    return Once.ANCHORS;
  }

  /// Read at the first certificate, not at the start.
  private static final class Once {
    static final Set<TrustAnchor> ANCHORS = read();

    private static Set<TrustAnchor> read() {
      try {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Arrays.stream(factory.getTrustManagers())
            .filter(X509TrustManager.class::isInstance)
            .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
            .map(issuer -> new TrustAnchor(issuer, null))
            .collect(Collectors.toUnmodifiableSet());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("This Java runtime has no trust store", e);
      }
    }
  }
}
