package io.postern.smtp.diagnosis;

import io.postern.smtp.Printable;
import io.postern.smtp.diagnosis.Finding.CertificateRefused;
import io.postern.smtp.diagnosis.Observation.WithoutServerName;
import java.util.Locale;
import java.util.regex.Pattern;

/// Why a certificate was not accepted.
final class Certificates {
  /// Google's placeholder says "No SNI provided; please fix your client"; others write alike.
  private static final Pattern SAYS_SNI = Pattern.compile("\\bSNI\\b|server name indication");

  /// In a subject as RFC 2253 writes it.
  private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,+]+)");

  private Certificates() {}

  static Diagnosis diagnose(CertificateRefused refused, DiagnosisContext context) {
    return switch (refused.kind()) {
      case EXPIRED -> expired(refused, context);
      case NOT_YET_VALID -> notYet(refused, context);
      case NAME_MISMATCH -> anotherName(refused, context);
      case SELF_SIGNED -> selfSigned(context);
      case UNKNOWN_ISSUER, INCOMPLETE_CHAIN -> Chains.diagnose(refused, context);
      case WEAK_KEY -> Told.certain("cert-weak-key", context, "RSA needs 2048 bits.");
      case WEAK_SIGNATURE -> Told.certain("cert-weak-signature", context, "");
      case REVOKED ->
          Told.certain(
              "cert-revoked",
              context,
              "%s did so on %s.".formatted(refused.issuer(), day(refused)));
      case WRONG_USAGE ->
          Told.likely("cert-unknown-ca", context, "The certificate is not made for a server.");
      case MALFORMED -> Told.likely("cert-unknown-ca", context, "The certificate cannot be read.");
    };
  }

  private static Diagnosis expired(CertificateRefused refused, DiagnosisContext context) {
    var clocks = context.evidence().clock();
    var there = clocks.there();
    return there != null && clocks.apart() && there.isBefore(refused.when())
        ? Told.likely("clock-skew", context, twoDates(clocks)).or("cert-expired", Certainty.GUESS)
        : Told.certain("cert-expired", context, "It ended on " + day(refused) + ".");
  }

  private static Diagnosis notYet(CertificateRefused refused, DiagnosisContext context) {
    var clocks = context.evidence().clock();
    return clocks.apart()
        ? Told.certain("clock-skew", context, twoDates(clocks))
        : Told.likely("clock-skew", context, "It begins only on " + day(refused) + ".");
  }

  private static String twoDates(Clocks clocks) {
    return "Here it is %s, the server says %s."
        .formatted(
            clocks.here().toString().substring(0, 10),
            String.valueOf(clocks.there()).substring(0, 10));
  }

  private static Diagnosis anotherName(CertificateRefused refused, DiagnosisContext context) {
    var astray = Lookups.astray(context);
    if (astray != null) {
      return astray;
    }
    if (isPlaceholder(context)) {
      return placeholder(context);
    }
    var names = refused.names();
    var made =
        names.isEmpty()
            ? withoutNames(context)
            : "It names %s%s."
                .formatted(
                    String.join(", ", names.subList(0, Math.min(3, names.size()))),
                    names.size() > 3 ? " and %d more".formatted(names.size() - 3) : "");
    var other = context.evidence().first(WithoutServerName.class);
    return other != null && other.fits()
        ? Told.certain(
            "cert-hostname-mismatch",
            context,
            made
                + " Without a server name (SNI) the server shows one that fits: its table of names is wrong.")
        : Told.certain("cert-hostname-mismatch", context, made);
  }

  /// A name that stands in the subject alone is read by nobody (RFC 9525 section 2).
  private static String withoutNames(DiagnosisContext context) {
    var shown = context.evidence().shown();
    var common =
        shown.isEmpty()
            ? null
            : COMMON_NAME.matcher(shown.getFirst().getSubjectX500Principal().getName());
    return common == null || !common.find()
        ? "It names nobody."
        : "It names %s only in the old field for it (CN), which mail programs do not read any more (RFC 9525); the name has to stand in it as a subject alternative name (DNS)."
            .formatted(Printable.of(common.group(1)));
  }

  private static Diagnosis selfSigned(DiagnosisContext context) {
    if (isPlaceholder(context)) {
      return placeholder(context);
    }
    var astray = Lookups.astray(context);
    if (astray != null) {
      return astray;
    }
    return Rulebook.ofHost(context.host()) == null
        ? Told.certain("cert-self-signed", context, "")
        : Told.likely("cert-self-signed", context, "A public provider has no such certificate.")
            .or("tls-intercepted-firewall", Certainty.LIKELY);
  }

  private static Diagnosis placeholder(DiagnosisContext context) {
    var leaf = context.evidence().shown().getFirst();
    return Told.likely(
        "sni-required",
        context,
        "The certificate says: " + leaf.getSubjectX500Principal().getName() + ".");
  }

  private static boolean isPlaceholder(DiagnosisContext context) {
    var shown = context.evidence().shown();
    if (shown.isEmpty()) {
      return false;
    }
    var subject = shown.getFirst().getSubjectX500Principal().getName();
    return SAYS_SNI.matcher(subject).find()
        || subject.toLowerCase(Locale.ROOT).contains(".invalid")
        || context.certificateNames().stream().anyMatch(name -> name.endsWith(".invalid"));
  }

  private static String day(CertificateRefused refused) {
    return refused.when().toString().substring(0, 10);
  }
}
