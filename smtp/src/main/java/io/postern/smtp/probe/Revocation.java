package io.postern.smtp.probe;

import io.postern.smtp.diagnosis.Finding.CertificateRefused;
import io.postern.smtp.diagnosis.Finding.CertificateRefused.Flaw;
import io.postern.smtp.tls.CertificateAddresses;
import io.postern.smtp.tls.ChainReport;
import io.postern.smtp.tls.Names;
import io.postern.smtp.tls.RevocationAnswer;
import io.postern.smtp.tls.RevocationAnswer.Standing;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Asks the authority whether the server's own certificate was revoked: OCSP, then the list. Checks
/// only; deliveries do not ask. No answer is no news.
final class Revocation implements Callable<@Nullable CertificateRefused> {
  private final Site site;
  private final ChainReport report;

  Revocation(Site site, ChainReport report) {
    this.site = site;
    this.report = report;
  }

  /// Whether there is anybody to ask.
  static boolean isKnowable(ChainReport report) {
    return report.refusal() == null
        && !report.pinned()
        && (CertificateAddresses.ofOcsp(report.leaf()) != null
            || CertificateAddresses.ofCrl(report.leaf()) != null);
  }

  /// @return the refusal, null when it was not revoked or nobody knows
  @Override
  public @Nullable CertificateRefused call() {
    var issuer = RevocationAnswer.issuerOf(report.chain(), site.subject().relay().trust());
    if (issuer == null) {
      return null;
    }
    var standing = byResponder(issuer);
    if (standing instanceof Standing.Unknown) {
      standing = byList(issuer);
    }
    return standing instanceof Standing.Revoked(var when) ? refused(when) : null;
  }

  private Standing byResponder(X509Certificate issuer) {
    var leaf = report.leaf();
    var responder = CertificateAddresses.ofOcsp(leaf);
    if (responder == null) {
      return new Standing.Unknown();
    }
    try {
      var question = RevocationAnswer.question(leaf, issuer);
      var answer = new Fetch(site).post(responder, "application/ocsp-request", question);
      return RevocationAnswer.ofResponse(answer, leaf, issuer, now());
    } catch (IOException _) {
      // Many authorities keep no responder any more; the list is next.
      return new Standing.Unknown();
    }
  }

  private Standing byList(X509Certificate issuer) {
    var list = CertificateAddresses.ofCrl(report.leaf());
    if (list == null) {
      return new Standing.Unknown();
    }
    try {
      return RevocationAnswer.ofList(new Fetch(site).get(list), report.leaf(), issuer, now());
    } catch (IOException _) {
      // Not there, or larger than is fetched.
      return new Standing.Unknown();
    }
  }

  private Instant now() {
    return site.network().clock().instant();
  }

  private CertificateRefused refused(Instant when) {
    var leaf = report.leaf();
    return new CertificateRefused(
        Flaw.REVOKED,
        Names.shortName(leaf.getSubjectX500Principal()),
        Names.shortName(leaf.getIssuerX500Principal()),
        when,
        List.of());
  }
}
