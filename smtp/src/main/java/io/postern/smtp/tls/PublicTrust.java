package io.postern.smtp.tls;

import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/// Questions about trust that a diagnosis has beside the judgement of a chain.
public final class PublicTrust {
  private PublicTrust() {}

  /// Whether a path leads from the first certificate over the others to a trusted authority.
  public static boolean reaches(List<X509Certificate> chain, Trust trust, Instant now) {
    return new ChainJudge(trust, now).builds(chain);
  }

  /// The public authorities of this Java runtime.
  public static List<X509Certificate> authorities() {
    return PublicAuthorities.anchors().stream().map(TrustAnchor::getTrustedCert).toList();
  }
}
