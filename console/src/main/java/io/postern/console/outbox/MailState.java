package io.postern.console.outbox;

import java.util.Locale;

/// Where a mail stands.
public enum MailState {
  QUEUED("Queued", "waits for its turn", false),
  LEASED("Sending", "a worker has it", false),
  COMMITTING("Sending", "the last octets are on the wire", false),
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

  /// Whether nothing follows by itself.
  public boolean isEnd() {
    return end;
  }

  /// The word of the API, such as `retry-wait`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
