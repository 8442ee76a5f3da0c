package io.postern.console.outbox;

import io.postern.console.audit.Audit;
import io.postern.console.platform.SecretBox;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// The outbox without its worker, for the tests of rooms that put mail into it.
public record TestOutbox(Outbox outbox, Mails mails) {
  public static TestOutbox on(
      Database database, SecretBox box, InstantSource clock, RandomGenerator random) {
    var uids = new Uid(clock, random);
    var parts =
        new OutboxParts(
            database,
            new MailStore(new MailRow(box), database.dialect()),
            new AttemptStore(),
            new Wakeup(),
            ConcurrentHashMap.newKeySet(),
            new Successes(),
            clock,
            () -> clock.millis() * 1_000_000,
            new RealPace(),
            random,
            uids);
    return new TestOutbox(
        new Outbox(parts, new Audit(clock, uids), () -> null),
        new Mails(database, parts.store().rows(), parts.attempts(), parts.clock()));
  }
}
