package io.postern.smtp.tls;

import io.postern.smtp.HostName;
import io.postern.smtp.diagnosis.Finding.CertificateRefused;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the server showed of itself, and our judgement of it.
///
/// @param chain as sent, the server's own certificate first; never empty
/// @param refusal why it is not acceptable; absent when it is. With skip-verify the judgement
///   stands here all the same
/// @param pinned whether it was accepted because exactly this certificate is trusted for this relay
public record ChainReport(
    List<X509Certificate> chain, @Nullable CertificateRefused refusal, boolean pinned) {
  public ChainReport {
    chain = List.copyOf(chain);
  }

  public X509Certificate leaf() {
    return chain.getFirst();
  }

  /// The names in the server's own certificate.
  public List<String> names() {
    return Identity.names(leaf());
  }

  /// Whether the certificate names this host.
  public boolean fits(HostName host) {
    return Identity.matches(leaf(), host);
  }
}
