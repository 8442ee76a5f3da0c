package io.postern.console.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/// What the workers of a process do beside delivering: mend leases of dead workers, end what has
/// expired, forget what is old. Once a second, whoever comes first, and not with each round: rounds
/// come with every mail, and on SQLite whoever enqueues waits for them. Nobody depends on the
/// moment: what has expired is not picked, and a lease that ran out has waited for a minute
/// already.
final class Upkeep {
  static final Duration EVERY = Duration.ofSeconds(1);

  private final OutboxParts parts;
  private final Recovery recovery;
  private final Retention retention = new Retention();
  private final ReentrantLock lock = new ReentrantLock();
  private Instant last = Instant.MAX;

  Upkeep(OutboxParts parts) {
    this.parts = parts;
    this.recovery = new Recovery(parts.store(), parts.leases());
  }

  /// Also when the clock was set back since the last time, which is mended too.
  void inTime(Instant now) {
    if (lock.tryLock()) {
      try {
        if (now.isBefore(last) || !now.isBefore(last.plus(EVERY))) {
          run(now);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void run(Instant now) {
    parts
        .database()
        .write(
            transaction -> recovery.run(transaction, now) + parts.store().expire(transaction, now));
    retention.inTime(parts.database(), now);
    last = now;
  }
}
