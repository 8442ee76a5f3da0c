package io.postern.console.outbox;

import io.postern.smtp.diagnosis.Rung;
import java.time.Instant;
import java.util.List;

/// One try of one mail, as it is kept.
///
/// @param relayNumber the version of the relay's settings, 0 when it is not known any more
/// @param outcome accepted, later, refused, parked, unknown or fault
/// @param rungs the ladder
/// @param reply the relay's words, empty when none came
/// @param cause the slug, empty when accepted
public record Attempt(
    int number,
    Instant startedAt,
    Instant endedAt,
    long relayNumber,
    String outcome,
    List<Rung> rungs,
    String reply,
    String cause,
    String summary,
    List<String> remedy) {

  /// The outcome in words for the operator.
  public String label() {
    return switch (outcome) {
      case "accepted" -> "Accepted by the relay";
      case "later" -> "Not taken yet";
      case "refused" -> "Refused for good";
      case "parked" -> "Stopped by the relay or its settings; no attempt used up";
      case "unknown" -> "Outcome unknown";
      default -> "Stopped by a fault in Postern";
    };
  }

  /// The badge's kind.
  public String signal() {
    return switch (outcome) {
      case "accepted" -> "passed";
      case "refused", "fault" -> "broken";
      default -> "warned";
    };
  }
}
