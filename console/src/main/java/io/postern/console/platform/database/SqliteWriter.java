package io.postern.console.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The only thread that writes to SQLite. It takes all units that wait, runs each under a
/// savepoint, and commits them with one flush.
final class SqliteWriter implements AutoCloseable {
  private static final int UNITS_PER_COMMIT_MAX = 256;

  private final Connection connection;
  private final OpenTransactions transactions;
  private final BlockingQueue<Unit<?>> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closing;

  SqliteWriter(Connection connection) {
    this.connection = connection;
    this.transactions = () -> new OpenTransaction(connection);
    this.thread = Thread.ofPlatform().name("sqlite-writer").daemon(true).start(this::run);
  }

  <T extends @Nullable Object> T write(Database.Work<T> work) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException(
          "A transaction is already running; pass it on instead of opening another.");
    }
    if (closing) {
      throw new IllegalStateException("The database is closed.");
    }
    var unit = new Unit<>(work);
    waiting.add(unit);
    return unit.result();
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(10_000);
      connection.close();
    } catch (InterruptedException _) {
      // Stopping anyway; the flag tells the caller.
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new DatabaseException("The database did not close cleanly: " + e.getMessage(), e);
    }
  }

  private void run() {
    var group = new ArrayList<Unit<?>>(UNITS_PER_COMMIT_MAX);
    while (!closing || !waiting.isEmpty()) {
      try {
        group.add(waiting.take());
        waiting.drainTo(group, UNITS_PER_COMMIT_MAX - 1);
      } catch (InterruptedException _) {
        // close() woke us: what still waits is written in the next round, then the loop ends.
        waiting.drainTo(group, UNITS_PER_COMMIT_MAX);
      }
      if (!group.isEmpty()) {
        commit(group);
        group.clear();
      }
    }
  }

  private void commit(List<Unit<?>> group) {
    try {
      execute("BEGIN IMMEDIATE");
      for (var unit : group) {
        execute("SAVEPOINT unit");
        if (unit.run(transactions.open())) {
          execute("RELEASE unit");
        } else {
          execute("ROLLBACK TO unit");
          execute("RELEASE unit");
        }
      }
      execute("COMMIT");
      group.forEach(Unit::finish);
    } catch (SQLException e) {
      rollBack();
      var failure =
          new DatabaseException("The database could not be written: " + e.getMessage(), e);
      group.forEach(unit -> unit.fail(failure));
    }
  }

  private void rollBack() {
    try {
      execute("ROLLBACK");
    } catch (SQLException _) {
      // SQLite has rolled back by itself; the original failure is what the callers hear.
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Makes the transaction of each unit.
  private interface OpenTransactions {
    OpenTransaction open();
  }

  /// One unit of work and the caller who waits for it.
  private static final class Unit<T extends @Nullable Object> {
    private final Database.Work<T> work;
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable OpenTransaction transaction;
    private @Nullable T value;

    /// What the work threw, a RuntimeException or an Error.
    private @Nullable Throwable failure;

    Unit(Database.Work<T> work) {
      this.work = work;
    }

    /// @return whether it went well; whatever the work throws is kept for the caller
    boolean run(OpenTransaction fresh) {
      transaction = fresh;
      try {
        value = work.in(fresh);
        return true;
      } catch (RuntimeException | Error e) {
        failure = e;
        return false;
      }
    }

    void finish() {
      done.countDown();
    }

    void fail(DatabaseException e) {
      failure = e;
      done.countDown();
    }

    @SuppressWarnings("NullAway") // value is what the work returned, null only where T allows it
    T result() {
      var interrupted = false;
      while (true) {
        try {
          done.await();
          break;
        } catch (InterruptedException _) {
          // The outcome must be known: a caller that leaves early would not know whether it was
          // committed.
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
      if (transaction != null) {
        transaction.committed();
      }
      return value;
    }
  }
}
