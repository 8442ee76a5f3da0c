package io.postern.console.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a try of a mail ended, and what follows.
///
/// @param dueAt when it is tried again, where it is
/// @param countsAsAttempt whether the relay judged this mail; a fault of the relay uses no attempt
///   up
record Settlement(
    MailState state,
    Instant at,
    Instant dueAt,
    boolean countsAsAttempt,
    @Nullable String acceptedReply,
    String reason) {}
