package io.postern.console.accounts;

import io.postern.console.outbox.MailState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The living activation or reset link of a system account, without its token.
///
/// @param mailUid the letter that carries it, absent when none was sent
/// @param mail where that letter stands, absent when it is gone from the outbox
/// @param shownAt when an operator last looked at it, absent when nobody did
public record LinkState(
    String uid,
    Link.Purpose purpose,
    Instant until,
    @Nullable String mailUid,
    @Nullable MailState mail,
    @Nullable Instant shownAt) {
  /// Where its letter stands, in a few words.
  public String letter() {
    return switch (mail) {
      case QUEUED, LEASED, COMMITTING, RETRY_WAIT, UNKNOWN, PARKED -> "letter waits to be sent";
      case DELIVERED -> "letter accepted by the relay";
      case FAILED, EXPIRED, CANCELLED -> "letter not sent";
      case null -> mailUid == null ? "not mailed" : "letter no longer in the outbox";
    };
  }

  /// Whether the link reaches its owner only when somebody hands it over.
  public boolean isByHand() {
    return mailUid == null
        || mail == MailState.FAILED
        || mail == MailState.EXPIRED
        || mail == MailState.CANCELLED;
  }
}
