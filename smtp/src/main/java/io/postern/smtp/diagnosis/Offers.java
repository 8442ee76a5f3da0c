package io.postern.smtp.diagnosis;

import io.postern.smtp.Security;
import java.util.Set;

/// What the server lacks.
final class Offers {
  /// Mechanisms that take access tokens; the last two are Google's own.
  private static final Set<String> TOKENS =
      Set.of("XOAUTH2", "OAUTHBEARER", "XOAUTH", "PLAIN-CLIENTTOKEN");

  private Offers() {}

  static Diagnosis notOffered(String keyword, DiagnosisContext context) {
    return switch (keyword) {
      case "STARTTLS" -> Masquerades.noStartTls(context);
      case "AUTH" -> noSignIn(context);
      case "8BITMIME" ->
          Diagnoser.sure(
              "8bitmime-needed",
              "The server takes 7-bit mail only.",
              false,
              "Report this: Postern should send 7-bit mail.");
      default ->
          Diagnoser.sure(
              "smtputf8-needed",
              "The address needs SMTPUTF8, which the server does not offer.",
              false,
              "Use an address of plain letters.");
    };
  }

  private static Diagnosis noSignIn(DiagnosisContext context) {
    if (context.security() == Security.NONE && context.keywords().contains("STARTTLS")) {
      return Told.certain("auth-before-tls-required", context, "");
    }
    var incoming = Masquerades.incoming(context);
    return incoming != null ? incoming : Told.likely("auth-not-offered", context, "");
  }

  static Diagnosis unusable(Finding.MechanismsUnusable unusable) {
    var offered = unusable.offered();
    var tokensOnly = !offered.isEmpty() && TOKENS.containsAll(offered);
    return tokensOnly
        ? Diagnoser.sure(
            "oauth-required",
            "The server takes access tokens only, no passwords.",
            false,
            "Set up OAuth with your provider, or use a relay that takes a password.")
        : Diagnoser.sure(
            "auth-mechanism-unsupported",
            "The server offers only "
                + String.join(", ", offered)
                + ", which Postern does not use.",
            false,
            "Have PLAIN, LOGIN or SCRAM-SHA-256 switched on at the server.");
  }
}
