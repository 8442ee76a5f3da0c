package io.postern.smtp.diagnosis;

import io.postern.smtp.diagnosis.Finding.CertificateRefused;
import io.postern.smtp.diagnosis.Finding.CertificateRefused.Flaw;
import io.postern.smtp.diagnosis.Observation.FetchedIssuer;
import io.postern.smtp.diagnosis.Observation.TrustedHouse;
import io.postern.smtp.diagnosis.Observation.UnrelatedCertificate;
import io.postern.smtp.tls.Names;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A chain that leads to no trusted authority: is a link missing, is the authority a private one,
/// or did somebody on the way sign?
final class Chains {
  private Chains() {}

  static Diagnosis diagnose(CertificateRefused refused, DiagnosisContext context) {
    var fetched = context.evidence().first(FetchedIssuer.class);
    if (fetched != null && fetched.completes()) {
      return Told.certain(
          "cert-incomplete-chain",
          context,
          "The missing one is %s, fetched from the address in the certificate."
              .formatted(fetched.subject()));
    }
    var intercepted = intercepted(refused, context);
    if (intercepted != null) {
      return intercepted;
    }
    var chain = context.evidence().shown();
    var house = context.evidence().first(TrustedHouse.class);
    if (chain.size() < 2 && (house != null || notFetched(refused, fetched))) {
      return Told.likely(
              "cert-incomplete-chain",
              context,
              "It names %s as its issuer.".formatted(refused.issuer()))
          .or("cert-unknown-ca", Certainty.GUESS);
    }
    return house != null && house.publicly()
        ? Told.likely(
                "trust-store-outdated", context, "The chain ends at %s.".formatted(last(chain)))
            .or("cert-unknown-ca", Certainty.GUESS)
        : Told.likely(
            "cert-unknown-ca", context, "The authority is %s.".formatted(refused.issuer()));
  }

  /// Nothing could be fetched, so the address in the certificate is all there is.
  private static boolean notFetched(CertificateRefused refused, @Nullable FetchedIssuer fetched) {
    return refused.kind() == Flaw.INCOMPLETE_CHAIN && fetched == null;
  }

  private static @Nullable Diagnosis intercepted(
      CertificateRefused refused, DiagnosisContext context) {
    var inspector = Inspectors.of(context.evidence().shown());
    var unrelated = context.evidence().first(UnrelatedCertificate.class);
    var forAll =
        unrelated != null && unrelated.sameIssuer() && !unrelated.publicly() ? unrelated : null;
    if (inspector != null) {
      var who = "It is signed by %s (%s).".formatted(refused.issuer(), inspector.name());
      return forAll != null
          ? Told.certain(inspector.cause(), context, who)
          : Told.likely(inspector.cause(), context, who).or("cert-unknown-ca", Certainty.GUESS);
    }
    if (forAll != null) {
      return Told.certain(
          "tls-intercepted-firewall",
          context,
          "%s signed here for %s too.".formatted(refused.issuer(), forAll.host()));
    }
    return Rulebook.ofHost(context.host()) != null
            && context.evidence().first(TrustedHouse.class) == null
        ? Told.likely(
                "tls-intercepted-firewall",
                context,
                "A public provider does not use the authority %s.".formatted(refused.issuer()))
            .or("cert-unknown-ca", Certainty.GUESS)
        : null;
  }

  private static String last(List<X509Certificate> chain) {
    return Names.shortName(chain.getLast().getIssuerX500Principal());
  }
}
