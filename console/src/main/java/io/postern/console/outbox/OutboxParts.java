package io.postern.console.outbox;

import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What outbox and worker share.
///
/// @param ticks monotonic nanoseconds
record OutboxParts(
    Database database,
    MailStore store,
    AttemptStore attempts,
    Wakeup wakeup,
    InstantSource clock,
    LongSupplier ticks,
    RandomGenerator random,
    Uid uids) {}
