package io.postern.console.settings;

/// The fields of the SMTP tab that hold one line of text, by their names in form and API.
enum SmtpField {
  HOST("smtpServer", "Outgoing Server"),
  PORT("smtpPort", "Outgoing Port"),
  SECURITY("connectionSecurity", "Connection Security"),
  FROM("fromEmailId", "From Email"),
  FROM_NAME("fromName", "From name"),
  REPLY_TO("replyTo", "Reply-To"),
  USERNAME("userName", "Username"),
  MECHANISM("authMechanism", "Sign-in mechanism"),
  EHLO("ehloName", "EHLO name"),
  TEST_RECIPIENT("testRecipient", "Test recipient");

  private final String word;
  private final String label;

  SmtpField(String word, String label) {
    this.word = word;
    this.label = label;
  }

  String word() {
    return word;
  }

  /// The label of a field by its name; the name itself for a field that is none of these.
  static String label(String word) {
    for (var field : values()) {
      if (field.word.equals(word)) {
        return field.label;
      }
    }
    return word.equals(SmtpForm.PASSWORD) ? "Password" : word;
  }
}
