package io.postern.console.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// The only thread that writes to SQLite. It runs all units that wait, and those that come
/// meanwhile, and commits them with one flush.
///
/// A unit that fails takes no other with it. What may run twice has no savepoint for that: when one
/// fails, all is undone and the others run again. From the first unit on that may not, each later
/// one has its own (ADR 13).
///
/// A disk that failed ends it: after a flush that went wrong the system may call the next
/// one good although what the first should have written is gone, so nothing is tried again. The
/// same holds for checkpoints, whose faults SQLite itself keeps to itself; so this thread makes
/// them.
final class SqliteWriter implements AutoCloseable {

  /// Of the log, before they are folded into the file: 8 MiB. Twice SQLite's own figure, as a page
  /// that many mails change is folded once for all of them; whoever waits while it happens waits
  /// longer for that.
  private static final int CHECKPOINT_PAGES = 2_000;

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

  /// @param repeatable see [Database#writeRepeatable]
  <T extends @Nullable Object> Pending<T> begin(Database.Work<T> work, boolean repeatable) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException(
          "A transaction is already running; pass it on instead of opening another.");
    }
    if (closing) {
      throw new IllegalStateException("The database is closed.");
    }
    var unit = new Unit<>(work, repeatable);
    waiting.add(unit);
    // Asked after the unit waits: either this sees the fault, or the thread that had it sees the
    // unit.
    var fault = broken;
    if (fault != null) {
      unit.fail(fault);
    }
    return unit;
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
    while (broken == null && (!closing || !waiting.isEmpty())) {
      try {
        commit(gathering.first());
      } catch (InterruptedException _) {
        // close() woke us: what still waits is written, then the loop ends.
      }
    }
  }

  private void commit(Unit<?> first) {
    var group = new ArrayList<Unit<?>>(List.of(first));
    try {
      execute("BEGIN IMMEDIATE");
    } catch (SQLException e) {
      // Whoever waits for the same lock would hear it later, and no better.
      waiting.drainTo(group);
      fail(group, e);
      return;
    }
    try {
      run(group);
      execute("COMMIT");
    } catch (SQLException e) {
      fail(group, e);
      return;
    }
    group.forEach(Unit::finish);
    checkpoint();
  }

  /// @param group its first unit; gets the others
  private void run(List<Unit<?>> group) throws SQLException {
    var guarded = runAfter(List.of(), group.getFirst());
    for (var unit = gathering.next(); unit != null; unit = gathering.next()) {
      group.add(unit);
      if (guarded) {
        runGuarded(unit);
      } else {
        guarded = runAfter(group.subList(0, group.size() - 1), unit);
      }
    }
  }

  /// Without a savepoint: should it fail, all is undone, and the others run again.
  ///
  /// @param others that ran before it, each of which may run again
  /// @return whether those that come after it need a savepoint each
  private boolean runAfter(List<Unit<?>> others, Unit<?> unit) throws SQLException {
    if (unit.run(transactions.open())) {
      return !unit.isRepeatable();
    }
    unit.throwFaultOfDisk();
    execute("ROLLBACK");
    execute("BEGIN IMMEDIATE");
    for (var other : others) {
      runGuarded(other);
    }
    return true;
  }

  private void runGuarded(Unit<?> unit) throws SQLException {
    execute("SAVEPOINT unit");
    if (!unit.run(transactions.open())) {
      unit.throwFaultOfDisk();
      execute("ROLLBACK TO unit");
    }
    execute("RELEASE unit");
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
    try {
      if (pagesToFold() >= CHECKPOINT_PAGES) {
        fold();
      }
    } catch (SQLException e) {
      if (DiskFault.in(e) != null) {
        var failure =
            new DatabaseException("The database could not be written: " + e.getMessage(), e);
        end(List.of(), failure);
      }
    }
  }

  private int pagesToFold() throws SQLException {
    try (var statement = prepared.prepareStatement("PRAGMA wal_checkpoint(NOOP)");
        var log = statement.executeQuery()) {
      return log.next() ? log.getInt("log") - log.getInt("checkpointed") : 0;
    }
  }

  /// Not kept as a statement: one that rests with its row unread lets no transaction commit.
  private void fold() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
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
}
