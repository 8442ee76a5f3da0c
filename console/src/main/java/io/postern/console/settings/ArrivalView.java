package io.postern.console.settings;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The rung *Arrival*: what the link in the test message has proved, in words.
///
/// @param outcome the class of the rung: `passed`, `running` or `skipped`
/// @param fact what stands on the rung
/// @param proof a sentence for the verdict; empty while nothing is proved
/// @param hint what keeps the link from being opened, empty when nothing is known
public record ArrivalView(
    String uid,
    String recipient,
    Instant sentAt,
    String outcome,
    String fact,
    String proof,
    String hint) {

  /// @param local whether only a browser on this machine reaches the configured address
  static ArrivalView of(Arrival arrival, Arrival.State state, boolean local) {
    var fact =
        switch (state) {
          case ARRIVED -> "confirmed by its link";
          case WAITING -> waiting(arrival);
          case EXPIRED -> "nobody opened its link in %d days".formatted(Arrivals.LIFETIME.toDays());
        };
    var outcome =
        switch (state) {
          case ARRIVED -> "passed";
          case WAITING -> "running";
          case EXPIRED -> "skipped";
        };
    var proof = state == Arrival.State.ARRIVED ? proof(arrival) : "";
    var hint =
        state == Arrival.State.WAITING && local
            ? "The link leads to localhost, which only a browser on this machine can open. Set the base URL on the Instance tab to open it elsewhere."
            : "";
    return new ArrivalView(
        arrival.uid(), arrival.recipient(), arrival.sentAt(), outcome, fact, proof, hint);
  }

  /// Where to ask how it stands by now; null when that will not change.
  public @Nullable String follow() {
    return outcome.equals("running") ? SmtpPage.PATH + "/arrivals/" + uid : null;
  }

  /// How the mark reads aloud.
  public String mark() {
    return switch (outcome) {
      case "passed" -> "passed";
      case "running" -> "waiting";
      default -> "not known";
    };
  }

  private static String waiting(Arrival arrival) {
    return (arrival.accepted() ? "Open the message for %s" : "If a message reaches %s, open it")
            .formatted(arrival.recipient())
        + " and press the button behind its link";
  }

  private static String proof(Arrival arrival) {
    var at = arrival.arrivedAt();
    return at == null
        ? ""
        : "The message for %s arrived: the button behind its link was pressed %s after it was sent."
            .formatted(arrival.recipient(), span(Duration.between(arrival.sentAt(), at)));
  }

  private static String span(Duration time) {
    if (time.compareTo(Duration.ofMinutes(2)) < 0) {
      return time.toSeconds() + " s";
    }
    return time.compareTo(Duration.ofHours(2)) < 0
        ? time.toMinutes() + " minutes"
        : time.toHours() + " hours";
  }
}
