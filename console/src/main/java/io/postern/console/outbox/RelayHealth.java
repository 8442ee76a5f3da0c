package io.postern.console.outbox;

import java.time.Instant;

/// How it stands between the outbox and the relay.
///
/// @param held whether deliveries are held back because the relay failed
/// @param nextTryAt when the relay is tried again
/// @param lastAcceptedAt epoch when nothing was ever accepted
public record RelayHealth(
    boolean paused,
    boolean held,
    String cause,
    String summary,
    Instant since,
    Instant nextTryAt,
    Instant lastAcceptedAt) {}
