package io.postern.console.outbox;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.DatabaseException;
import io.postern.console.platform.database.Pending;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;

/// Writes what the relay said, also when the database is away just then: what is known must not
/// become an outcome unknown. The statements are bound to the lease, so a late one is harmless: of
/// a lease that was taken over meanwhile it changes nothing.
final class Insistence {
  /// A database that is away for longer leaves the mail to recovery.
  static final Duration INSISTS_MAX = Duration.ofMinutes(15);

  /// A process that is told to stop does not insist for longer: whoever stopped it waits, and may
  /// kill it after ten seconds. Recovery then finds the mail by its lease, as after a kill.
  static final Duration AFTER_STOP_MAX = Duration.ofSeconds(5);

  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Insistence.class);

  private final OutboxParts parts;
  private volatile long stopsAt;
  private volatile boolean stopping;

  Insistence(OutboxParts parts) {
    this.parts = parts;
  }

  /// What is not written soon is left to recovery; from any thread.
  void stop() {
    stopsAt = parts.ticks().getAsLong() + AFTER_STOP_MAX.toNanos();
    stopping = true;
  }

  /// @param work may run more than once
  /// @throws DatabaseException or DataAccessException when the database stays away, or is not at
  ///   fault
  <T extends @Nullable Object> T write(Database.Work<T> work) {
    return insist(() -> parts.database().writeRepeatable(work));
  }

  /// As [#write], by [Database#begin].
  ///
  /// @param work one statement on PostgreSQL
  <T extends @Nullable Object> Pending<T> begin(Database.Work<T> work) {
    Pending<T> begun = insist(() -> parts.database().begin(work));
    return new Pending<>() {
      @Override
      public T result() {
        try {
          return begun.result();
        } catch (DatabaseException | DataAccessException e) {
          tell(e);
          return insist(() -> parts.database().writeSingle(work));
        }
      }

      @Override
      public boolean isDone() {
        return begun.isDone();
      }
    };
  }

  private static void tell(RuntimeException failure) {
    LOG.warn("What the relay said could not be written yet: {}", failure.getMessage());
  }

  private <T extends @Nullable Object> T insist(Supplier<T> write) {
    var started = parts.ticks().getAsLong();
    while (true) {
      try {
        return write.get();
      } catch (DatabaseException e) {
        waitAfter(e, started);
      } catch (DataIntegrityViolationException | InvalidDataAccessResourceUsageException e) {
        // A bug: the same statement fails for ever.
        throw e;
      } catch (DataAccessException e) {
        waitAfter(e, started);
      }
    }
  }

  private void waitAfter(RuntimeException failure, long started) {
    var now = parts.ticks().getAsLong();
    if (now - started >= INSISTS_MAX.toNanos() || (stopping && now - stopsAt >= 0)) {
      throw failure;
    }
    tell(failure);
    try {
      parts.pace().rest(EVERY);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}
