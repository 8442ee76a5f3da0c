package io.postern.console.outbox;

import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What outbox and worker share.
record OutboxParts(
    Database database,
    MailStore store,
    AttemptStore attempts,
    Wakeup wakeup,
    InstantSource clock,
    RandomGenerator random,
    Uid uids) {}
