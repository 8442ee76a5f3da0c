package io.postern.smtp.check;

import io.postern.smtp.Security;
import io.postern.smtp.diagnosis.Warning;
import io.postern.smtp.session.Relay;
import io.postern.smtp.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What the operator should know although the configuration works.
final class Warnings {
  /// the first of the warnings before a certificate ends.
  private static final int CERTIFICATE_DAYS_MIN = 30;

  private Warnings() {}

  static List<Warning> of(Relay relay, Session session, Instant now) {
    var warnings = new ArrayList<Warning>();
    var chain = session.chain();
    if (relay.trust().insecureSkipVerify() && chain != null) {
      var refusal = chain.refusal();
      warnings.add(
          new Warning(
              "insecure-skip-tls-verify",
              "The certificate was not verified: anyone on the way could pose as the server and read the password."));
      if (refusal != null) {
        warnings.add(new Warning(cause(refusal.kind()), "Verified, it would have been refused."));
      }
    }
    if (relay.security() == Security.NONE && relay.credentials() != null) {
      warnings.add(
          new Warning("cleartext-password", "The password goes over the network in clear text."));
    }
    if (chain != null && chain.refusal() == null) {
      var days = Duration.between(now, chain.leaf().getNotAfter().toInstant()).toDays();
      if (days < CERTIFICATE_DAYS_MIN) {
        warnings.add(
            new Warning(
                "cert-expired", "The server's certificate ends in %d days.".formatted(days)));
      }
    }
    return warnings;
  }

  private static String cause(io.postern.smtp.diagnosis.Finding.CertificateRefused.Flaw kind) {
    return switch (kind) {
      case EXPIRED -> "cert-expired";
      case NOT_YET_VALID -> "clock-skew";
      case NAME_MISMATCH -> "cert-hostname-mismatch";
      case SELF_SIGNED -> "cert-self-signed";
      case INCOMPLETE_CHAIN -> "cert-incomplete-chain";
      case WEAK_KEY -> "cert-weak-key";
      case WEAK_SIGNATURE -> "cert-weak-signature";
      case UNKNOWN_ISSUER, WRONG_USAGE, MALFORMED -> "cert-unknown-ca";
    };
  }
}
