package io.postern.console.outbox;

import java.time.Instant;

/// How it stands between the outbox and the relay.
///
/// @param held whether deliveries are held back because the relay failed
/// @param nextTryAt when the relay is tried again
/// @param lastAcceptedAt epoch when nothing was ever accepted
/// @param restoredAt when sending was paused because the database came from a backup; epoch when it
///   was not
public record RelayHealth(
    boolean paused,
    boolean held,
    String cause,
    String summary,
    Instant since,
    Instant nextTryAt,
    Instant lastAcceptedAt,
    Instant restoredAt) {
  /// Whether sending is paused because the database came from a backup.
  public boolean restored() {
    return restoredAt.isAfter(Instant.EPOCH);
  }
}
