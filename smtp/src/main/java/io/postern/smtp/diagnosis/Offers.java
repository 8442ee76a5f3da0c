package io.postern.smtp.diagnosis;

import io.postern.smtp.Security;

/// What the server lacks.
final class Offers {
  private Offers() {}

  static Diagnosis notOffered(String keyword, DiagnosisContext context) {
    return switch (keyword) {
      case "STARTTLS" ->
          Diagnoser.sure(
              "starttls-not-offered",
              "The server does not offer STARTTLS on port "
                  + context.port()
                  + ", so the connection cannot be protected this way.",
              false,
              "Use TLS from the start on port 465, if the server has it.",
              "Only inside a network you trust: set Connection Security to None.");
      case "AUTH" ->
          context.security() == Security.NONE && context.keywords().contains("STARTTLS")
              ? Diagnoser.sure(
                  "auth-before-tls-required",
                  "The server offers sign-in only after STARTTLS.",
                  false,
                  "Set Connection Security to STARTTLS.")
              : Diagnoser.likely(
                  "auth-not-offered",
                  "The server offers no sign-in here.",
                  false,
                  "Use the submission port, 587 or 465.",
                  "If the relay knows this machine by its address, leave user name and password empty.");
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

  static Diagnosis unusable(Finding.MechanismsUnusable unusable) {
    var offered = unusable.offered();
    var tokensOnly =
        offered.stream().anyMatch(name -> name.equals("XOAUTH2") || name.equals("OAUTHBEARER"));
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
