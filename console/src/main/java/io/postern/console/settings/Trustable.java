package io.postern.console.settings;

import io.postern.smtp.HostName;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Verdict;
import io.postern.smtp.tls.Names;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The certificate that could be trusted for one relay after a validation that refused it.
public record Trustable(X509Certificate certificate, boolean authority) {
  /// Only these faults are mended by trust; an expired or weak certificate stays refused.
  private static final Set<String> MENDED =
      Set.of("cert-self-signed", "cert-unknown-ca", "cert-incomplete-chain");

  /// @return null when trust would mend nothing
  public static @Nullable Trustable of(Verdict verdict) {
    var diagnosis = verdict.diagnosis();
    if (verdict.failedStage() != Stage.CERTIFICATE
        || diagnosis == null
        || !MENDED.contains(diagnosis.cause())
        || verdict.certificates().isEmpty()) {
      return null;
    }
    var last = verdict.certificates().getLast();
    return last.getBasicConstraints() >= 0
        ? new Trustable(last, true)
        : new Trustable(verdict.certificates().getFirst(), false);
  }

  /// trust is offered while setting up, never because a relay that once verified no
  /// longer does.
  static boolean isOffered(HostName host, @Nullable RelayVersion inForce) {
    return inForce == null || !inForce.validated() || !inForce.values().host().equals(host);
  }

  public String label() {
    return authority
        ? "Trust this authority for this relay and validate"
        : "Trust this certificate for this relay and validate";
  }

  public String subject() {
    return Names.shortName(certificate.getSubjectX500Principal());
  }

  public String issuer() {
    return Names.shortName(certificate.getIssuerX500Principal());
  }

  public String until() {
    return certificate.getNotAfter().toInstant().toString().substring(0, 10);
  }

  public String fingerprint() {
    return Destination.fingerprint(certificate);
  }
}
