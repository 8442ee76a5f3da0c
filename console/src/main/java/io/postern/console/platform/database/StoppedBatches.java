package io.postern.console.platform.database;

import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Ends batches of which only a part has arrived, as their process stands still: what arrived has
/// run and holds its locks, and PostgreSQL has no limit for that before version 17
/// (`transaction_timeout`). Each process looks after those of all, at once and then so often that
/// none stands still for longer than twice the limit. What is ended is undone; the process hears of
/// it when it goes on.
final class StoppedBatches implements AutoCloseable {
  /// What sessions call themselves that send batches.
  static final String APPLICATION = "postern-batches";

  private static final Logger LOG = LoggerFactory.getLogger(StoppedBatches.class);
  private static final String END =
      """
      select count(pg_terminate_backend(pid)) from pg_stat_activity
      where datname = current_database() and usename = current_user and application_name = ?
        and state = 'active' and wait_event = 'ClientRead' and xact_start is not null and state_change < now() - ? * interval '1 millisecond'
      """;

  private final JdbcClient jdbc;
  private final Duration limit;
  private final Thread thread;

  /// @param pool of other connections
  /// @param limit how long a batch may stand still; each statement of it that arrives begins it
  ///   anew
  StoppedBatches(DataSource pool, Duration limit) {
    this.jdbc = JdbcClient.create(pool);
    this.limit = limit;
    this.thread = Thread.ofVirtual().name("postgresql-stopped-batches").start(this::run);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      // Stopping anyway; the flag tells the caller.
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        end();
        Thread.sleep(limit);
      } catch (InterruptedException _) {
        // Closed.
        return;
      } catch (DataAccessException e) {
        // Those who write hear of it as well, and say so.
        LOG.debug("Nobody looked for batches that stand still.", e);
      }
    }
  }

  private void end() {
    var ended = jdbc.sql(END).params(APPLICATION, limit.toMillis()).query(Long.class).single();
    if (ended > 0) {
      LOG.warn(
          "{} batches of statements stood still on their way to PostgreSQL for more than {}; they were undone. Their process was stopped, or the network between is too slow.",
          ended,
          limit);
    }
  }
}
