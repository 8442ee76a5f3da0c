package io.postern.console.tenants;

import io.postern.console.outbox.MailState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a tenant's first administrator was invited, and how far that went.
///
/// @param email the address that was invited
/// @param mailUid the letter, the last one when it was sent again
/// @param shownAt when an operator looked at the link, absent when nobody did
/// @param openedAt when the button of its page was pressed, absent before
public record Invitation(
    String accountUid,
    String email,
    String mailUid,
    Instant sentAt,
    Instant expiresAt,
    @Nullable Instant shownAt,
    @Nullable Instant openedAt,
    @Nullable Instant activatedAt) {
  /// Where an invitation stands, as operators see it.
  public enum State {
    QUEUED("Queued", "its letter waits to be sent", ""),
    ACCEPTED("Accepted by the relay", "the mail server took its letter over", ""),
    NOT_SENT("Letter not sent", "its letter ended before the mail server took it", "broken"),
    OPENED("Opened", "the button on its page was pressed", ""),
    ACTIVATED("Activated", "the password is set", "passed"),
    EXPIRED("Expired", "its link has ended; resend it", "warned");

    private final String label;
    private final String meaning;
    private final String signal;

    State(String label, String meaning, String signal) {
      this.label = label;
      this.meaning = meaning;
      this.signal = signal;
    }

    public String label() {
      return label;
    }

    public String meaning() {
      return meaning;
    }

    /// `passed`, `warned`, `broken`, or empty when there is nothing to signal.
    public String signal() {
      return signal;
    }
  }

  /// @param mail where its letter stands, absent when the letter is gone from the outbox
  public State state(@Nullable MailState mail, Instant now) {
    if (activatedAt != null) {
      return State.ACTIVATED;
    }
    if (!now.isBefore(expiresAt)) {
      return State.EXPIRED;
    }
    if (openedAt != null) {
      return State.OPENED;
    }
    return switch (mail) {
      case QUEUED, LEASED, COMMITTING, RETRY_WAIT, UNKNOWN, PARKED -> State.QUEUED;
      case DELIVERED -> State.ACCEPTED;
      case FAILED, EXPIRED, CANCELLED -> State.NOT_SENT;
      case null -> State.NOT_SENT;
    };
  }
}
