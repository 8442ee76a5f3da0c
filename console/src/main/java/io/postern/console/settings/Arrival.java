package io.postern.console.settings;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A test message that carries a link, and whether its reader said that it arrived.
///
/// @param uid that of the check that sent it
/// @param accepted whether the relay accepted the message; false while that is not known
/// @param expiresAt the link's end, exclusive
/// @param arrivedAt when the link's button was pressed; null until then
public record Arrival(
    String uid,
    String recipient,
    boolean accepted,
    Instant sentAt,
    Instant expiresAt,
    @Nullable Instant arrivedAt) {

  /// What is known of it.
  public enum State {
    /// Whoever holds the link has not said anything yet.
    WAITING,
    ARRIVED,
    /// Nobody said anything while the link worked; that proves nothing.
    EXPIRED
  }

  public State stateAt(Instant now) {
    if (arrivedAt != null) {
      return State.ARRIVED;
    }
    return now.isBefore(expiresAt) ? State.WAITING : State.EXPIRED;
  }
}
