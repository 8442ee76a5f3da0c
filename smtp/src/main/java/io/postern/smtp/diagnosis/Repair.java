package io.postern.smtp.diagnosis;

import java.util.Map;

/// A change of the settings that would mend a fault: offered as a button, never made silently.
///
/// @param label what the button says, a verb first
/// @param changes the new values, by field
public record Repair(String label, Map<Field, String> changes) {
  public Repair {
    changes = Map.copyOf(changes);
  }

  /// The settings that a repair can change, by their names in the API.
  public enum Field {
    HOST("smtpServer"),
    PORT("smtpPort"),
    /// `starttls`, `tls` or `none`.
    SECURITY("connectionSecurity"),
    FROM("fromEmailId"),
    REPLY_TO("replyTo"),
    USERNAME("userName"),
    EHLO("ehloName"),
    /// The name of a mechanism; empty: the strongest offered.
    MECHANISM("authMechanism");

    private final String word;

    Field(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
