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
    return incoming != null ? incoming : Told.likely("auth-not-offered", context, before(context));
  }

  /// A list that changes across TLS is worth saying: somebody on the way may have written
  /// the first one, or the server has two configurations.
  private static String before(DiagnosisContext context) {
    var before = context.evidence().first(Observation.OfferedBeforeTls.class);
    return before == null
        ? ""
        : "Before TLS it offered %s.".formatted(String.join(", ", before.mechanisms()));
  }

  static Diagnosis pin(Finding.PinNotOffered pin) {
    return Diagnoser.sure(
        "auth-mechanism-unsupported",
        pin.sentence() + " No other is tried.",
        false,
        "Set Sign-in mechanism to Strongest offered, or to one of those that the server offers.",
        "Or have %s switched on at the server.".formatted(pin.pinned().word()));
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
