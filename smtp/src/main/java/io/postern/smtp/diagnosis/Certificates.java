package io.postern.smtp.diagnosis;

/// Why a certificate was not accepted.
final class Certificates {
  private static final String TRUST_IT =
      "If it is your own server: trust this certificate, or its authority, for this relay only.";

  private Certificates() {}

  static Diagnosis diagnose(Finding.CertificateRefused refused, DiagnosisContext context) {
    var day = refused.when().toString().substring(0, 10);
    var host = context.host();
    return switch (refused.kind()) {
      case EXPIRED, NOT_YET_VALID -> outOfTime(refused.kind(), host, day);
      case NAME_MISMATCH -> anotherName(refused, host);
      case SELF_SIGNED ->
          Diagnoser.sure(
              "cert-self-signed",
              "%s shows a certificate that it signed itself.".formatted(host),
              false,
              TRUST_IT,
              "Or install a certificate from a public authority.");
      case UNKNOWN_ISSUER ->
          Diagnoser.likely(
              "cert-unknown-ca",
              "The certificate of %s comes from an authority that is not known here: %s."
                  .formatted(host, refused.issuer()),
              false,
              TRUST_IT);
      case INCOMPLETE_CHAIN ->
          Diagnoser.likely(
              "cert-incomplete-chain",
              "%s does not send the certificate of its issuer (%s) along."
                  .formatted(host, refused.issuer()),
              false,
              "Have the server send the whole chain (leaf and intermediate).");
      case WEAK_KEY, WEAK_SIGNATURE -> weak(refused.kind(), host);
      case REVOKED -> revoked(refused, host);
      case WRONG_USAGE, MALFORMED ->
          Diagnoser.likely(
              "cert-unknown-ca",
              "The certificate of %s is not made for a server.".formatted(host),
              false,
              "Have a server certificate installed.");
    };
  }

  private static Diagnosis revoked(Finding.CertificateRefused refused, String host) {
    var day = refused.when().toString().substring(0, 10);
    return Diagnoser.sure(
        "cert-revoked",
        "The authority %s revoked the certificate of %s on %s."
            .formatted(refused.issuer(), host, day),
        false,
        "Have a new certificate installed by whoever runs the server.");
  }

  private static Diagnosis anotherName(Finding.CertificateRefused refused, String host) {
    var names = refused.names().isEmpty() ? "no name at all" : String.join(", ", refused.names());
    return Diagnoser.sure(
        "cert-hostname-mismatch",
        "The certificate is not made for %s, but for %s.".formatted(host, names),
        false,
        "Use one of the names in the certificate as Outgoing Server.",
        "Or have a certificate made that names " + host + ".");
  }

  private static Diagnosis weak(Finding.CertificateRefused.Flaw kind, String host) {
    return kind == Finding.CertificateRefused.Flaw.WEAK_KEY
        ? Diagnoser.sure(
            "cert-weak-key",
            "The key in the certificate of %s is too short to be safe (RSA needs 2048 bits)."
                .formatted(host),
            false,
            "Have a certificate with a longer key installed.")
        : Diagnoser.sure(
            "cert-weak-signature",
            "The certificate of %s is signed with SHA-1 or MD5, which can be forged."
                .formatted(host),
            false,
            "Have a certificate signed with SHA-256 installed.");
  }

  private static Diagnosis outOfTime(
      Finding.CertificateRefused.Flaw kind, String host, String day) {
    return kind == Finding.CertificateRefused.Flaw.EXPIRED
        ? Diagnoser.sure(
            "cert-expired",
            "The certificate of %s ended on %s.".formatted(host, day),
            false,
            "Have the certificate renewed by whoever runs the server.")
        : Diagnoser.likely(
            "clock-skew",
            "The certificate of %s begins only on %s: the clock of this machine is probably behind."
                .formatted(host, day),
            false,
            "Set the clock of this machine (NTP).",
            "If the clock is right, have the certificate replaced.");
  }
}
