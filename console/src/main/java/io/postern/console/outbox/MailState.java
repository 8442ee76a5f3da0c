package io.postern.console.outbox;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a mail stands.
public enum MailState {
  QUEUED("Queued", "waits for its turn", false),
  LEASED("Sending", "a worker has it", false),
  COMMITTING("Answer awaited", "the last octets are on the wire", false),
  DELIVERED("Accepted by the relay", "the relay took it over", true),
  RETRY_WAIT("Waits to be retried", "the relay said later", false),
  UNKNOWN(
      "Outcome unknown", "the connection broke after the last octet; the relay may have it", false),
  PARKED(
      "Waits for the relay",
      "the relay or its settings are at fault; no attempt is used up",
      false),
  FAILED("Failed", "refused for good", true),
  EXPIRED("Expired", "its time was over before the relay took it", true),
  CANCELLED("Cancelled", "somebody stopped it", true);

  private final String label;
  private final String meaning;
  private final boolean end;

  MailState(String label, String meaning, boolean end) {
    this.label = label;
    this.meaning = meaning;
    this.end = end;
  }

  public String label() {
    return label;
  }

  public String meaning() {
    return meaning;
  }

  /// The badge's kind: `passed`, `warned`, `broken`, or nothing.
  public String signal() {
    return switch (this) {
      case DELIVERED -> "passed";
      case UNKNOWN, PARKED -> "warned";
      case FAILED, EXPIRED -> "broken";
      case QUEUED, LEASED, COMMITTING, RETRY_WAIT, CANCELLED -> "";
    };
  }

  /// Whether *Retry now* makes sense; for an unknown outcome it may make a duplicate.
  public boolean isRetriable() {
    return switch (this) {
      case RETRY_WAIT, UNKNOWN, PARKED, FAILED -> true;
      case QUEUED, LEASED, COMMITTING, DELIVERED, EXPIRED, CANCELLED -> false;
    };
  }

  /// Whether it can still be stopped: not on the wire, not ended.
  public boolean isCancellable() {
    return switch (this) {
      case QUEUED, RETRY_WAIT, UNKNOWN, PARKED -> true;
      case LEASED, COMMITTING, DELIVERED, FAILED, EXPIRED, CANCELLED -> false;
    };
  }

  /// The state with this [#word], or null.
  static @Nullable MailState ofWord(String word) {
    for (var state : values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    return null;
  }

  /// Whether nothing follows by itself.
  public boolean isEnd() {
    return end;
  }

  /// The word of the API, such as `retry-wait`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
