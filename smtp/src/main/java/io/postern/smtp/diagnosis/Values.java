package io.postern.smtp.diagnosis;

/// What is at fault on this side: settings, password, message.
final class Values {
  private Values() {}

  static Diagnosis configured(Finding.ConfigValue value) {
    return Diagnoser.sure(
        value.cause(), value.sentence(), false, "Correct the value and validate again.");
  }

  /// Retrying helps: the token endpoint may be back.
  static Diagnosis noToken(Finding.TokenMissing missing) {
    return Diagnoser.likely(
        "oauth-token-invalid",
        missing.sentence(),
        true,
        "Find out at the token endpoint why it gives no token; the relay was not asked.");
  }

  static Diagnosis unproven(Finding.ServerNotProven unproven) {
    return Diagnoser.likely(
        "auth-bad-credentials",
        unproven.sentence(),
        false,
        "Check the password; if it is right, somebody may stand between Postern and the server.");
  }

  static Diagnosis tooLarge(Finding.TooLarge large) {
    return Diagnoser.sure(
        "message-too-large",
        "The message has %d octets, the relay takes %d.".formatted(large.octets(), large.limit()),
        false,
        "Send less, or have the limit raised.");
  }

  static Diagnosis malformed(Finding.MessageMalformed malformed) {
    return Diagnoser.sure(
        "message-malformed",
        malformed.sentence(),
        false,
        "Report this: Postern should not have made such a message.");
  }
}
