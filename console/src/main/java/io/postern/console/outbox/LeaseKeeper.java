package io.postern.console.outbox;

import io.postern.console.platform.database.DatabaseException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Renews a lease while its mails are being sent, at a third of its length (PLAN 12).
final class LeaseKeeper {
  /// PLAN 12.
  static final Duration LENGTH = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

  private LeaseKeeper() {}

  static Pace.Repetition keep(OutboxParts parts, String token) {
    return parts.pace().every(LENGTH.dividedBy(3), () -> renew(parts, token));
  }

  private static void renew(OutboxParts parts, String token) {
    var until = parts.clock().instant().plus(LENGTH);
    try {
      parts.database().write(transaction -> parts.store().renew(transaction, token, until));
    } catch (DatabaseException | DataAccessException e) {
      // Two more tries come before the lease is over.
      LOG.warn("A lease could not be renewed: {}", e.getMessage());
    }
  }
}
