package io.postern.console.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// The only thread that writes to SQLite. It takes all units that wait, runs each under a
/// savepoint, and commits them with one flush.
///
/// A disk that failed ends it: after a flush that went wrong the system may call the next
/// one good although what the first should have written is gone, so nothing is tried again. The
/// same holds for checkpoints, whose faults SQLite itself keeps to itself; so this thread makes
/// them.
final class SqliteWriter implements AutoCloseable {

  /// Of the log, before they are folded into the file; SQLite's own figure.
  private static final int CHECKPOINT_PAGES = 1_000;

  private final Connection connection;
  private final Connection prepared;
  private final OpenTransactions transactions;
  private final Consumer<DatabaseException> whenBroken;
  private final BlockingQueue<Unit<?>> waiting = new LinkedBlockingQueue<>();
  private final Gathering<Unit<?>> gathering = new Gathering<>(waiting);
  private final Thread thread;

  private volatile boolean closing;
  private volatile @Nullable DatabaseException broken;

  /// @param whenBroken told once when the disk failed, after all who waited have been told
  SqliteWriter(Connection connection, Consumer<DatabaseException> whenBroken) {
    this.connection = connection;
    this.whenBroken = whenBroken;
    this.prepared = PreparedOnce.of(connection);
    var jdbc = JdbcClient.create(new SingleConnectionDataSource(prepared, true));
    this.transactions = () -> new OpenTransaction(jdbc);
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
    // Asked after the unit waits: either this sees the fault, or the thread that had it sees the
    // unit.
    var fault = broken;
    if (fault != null) {
      unit.fail(fault);
    }
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
    var group = new ArrayList<Unit<?>>(Gathering.MOST);
    while (broken == null && (!closing || !waiting.isEmpty())) {
      try {
        gathering.into(group);
      } catch (InterruptedException _) {
        // close() woke us: what still waits is written in the next round, then the loop ends.
        waiting.drainTo(group, Gathering.MOST);
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
          unit.throwFaultOfDisk();
          execute("ROLLBACK TO unit");
          execute("RELEASE unit");
        }
      }
      execute("COMMIT");
    } catch (SQLException e) {
      fail(group, e);
      return;
    }
    group.forEach(Unit::finish);
    checkpoint();
  }

  private void fail(List<Unit<?>> group, SQLException e) {
    var failure = new DatabaseException("The database could not be written: " + e.getMessage(), e);
    if (DiskFault.in(e) == null) {
      rollBack();
      group.forEach(unit -> unit.fail(failure));
    } else {
      end(group, failure);
    }
  }

  private void end(List<Unit<?>> group, DatabaseException failure) {
    broken = failure;
    group.forEach(unit -> unit.fail(failure));
    waiting.forEach(unit -> unit.fail(failure));
    whenBroken.accept(failure);
  }

  /// After the callers have their answer. A full disk or a reader in the way lets the log grow, and
  /// the next commit tries again.
  private void checkpoint() {
    try (var statement = connection.createStatement()) {
      try (var log = statement.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
        if (!log.next() || log.getInt("log") - log.getInt("checkpointed") < CHECKPOINT_PAGES) {
          return;
        }
      }
      statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
    } catch (SQLException e) {
      if (DiskFault.in(e) != null) {
        var failure =
            new DatabaseException("The database could not be written: " + e.getMessage(), e);
        end(List.of(), failure);
      }
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
    try (var statement = prepared.prepareStatement(sql)) {
      statement.execute();
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

    /// What SQLite has half done is not undone by it but ends the writer.
    void throwFaultOfDisk() throws SQLException {
      var fault = DiskFault.in(failure);
      if (fault != null) {
        throw fault;
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
