package io.postern.smtp.diagnosis;

import io.postern.smtp.Stage;
import java.util.Locale;

/// One rung of the ladder as it ended.
///
/// @param millis how long it took
/// @param detail one fact for the operator: an address, the TLS version, the server's words;
///   printable, no secrets
public record Rung(Stage stage, Outcome outcome, long millis, String detail) {
  private static final int SECONDS_FROM_MILLIS = 10_000;

  /// How long it took, for people: `184 ms`, from ten seconds on `20.0 s`.
  public String took() {
    return millis < SECONDS_FROM_MILLIS
        ? millis + " ms"
        : String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
  }

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
