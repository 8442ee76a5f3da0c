package io.postern.console.outbox;

import io.postern.console.platform.database.DatabaseException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Renews a lease while its mails are being sent, at a third of its length (PLAN 12).
final class LeaseKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

  private final CountDownLatch done = new CountDownLatch(1);

  private LeaseKeeper() {}

  static LeaseKeeper keep(OutboxParts parts, String token, Duration lease) {
    var keeper = new LeaseKeeper();
    Thread.ofVirtual().name("lease-keeper").start(() -> keeper.run(parts, token, lease));
    return keeper;
  }

  @Override
  public void close() {
    done.countDown();
  }

  private void run(OutboxParts parts, String token, Duration lease) {
    try {
      while (!done.await(lease.toMillis() / 3, TimeUnit.MILLISECONDS)) {
        renew(parts, token, lease);
      }
    } catch (InterruptedException _) {
      // Nobody interrupts this thread; if it ever happens the lease simply runs out.
      Thread.currentThread().interrupt();
    }
  }

  private static void renew(OutboxParts parts, String token, Duration lease) {
    var until = parts.clock().instant().plus(lease);
    try {
      parts.database().write(transaction -> parts.store().renew(transaction, token, until));
    } catch (DatabaseException | DataAccessException e) {
      // Two more tries come before the lease is over.
      LOG.warn("A lease could not be renewed: {}", e.getMessage());
    }
  }
}
