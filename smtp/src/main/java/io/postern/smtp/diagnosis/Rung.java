package io.postern.smtp.diagnosis;

import io.postern.smtp.Stage;

/// One rung of the ladder as it ended.
///
/// @param millis how long it took
/// @param detail one fact for the operator: an address, the TLS version, the server's words;
///   printable, no secrets
public record Rung(Stage stage, Outcome outcome, long millis, String detail) {
  /// How a rung ended.
  public enum Outcome {
    PASSED("passed"),
    FAILED("failed"),
    WARNED("warned"),
    SKIPPED("skipped");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
