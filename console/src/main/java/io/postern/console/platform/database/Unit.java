package io.postern.console.platform.database;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// One unit of work, and the caller who waits until it is committed.
final class Unit<T extends @Nullable Object> implements Pending<T> {
  private final Database.Work<T> work;
  private final boolean repeatable;
  private final CountDownLatch done = new CountDownLatch(1);
  private @Nullable OpenTransaction transaction;
  private @Nullable T value;

  /// What the work threw, a RuntimeException or an Error.
  private @Nullable Throwable failure;

  /// @param repeatable whether the work may run twice, its first run undone
  Unit(Database.Work<T> work, boolean repeatable) {
    this.work = work;
    this.repeatable = repeatable;
  }

  boolean isRepeatable() {
    return repeatable;
  }

  /// @return whether it went well; whatever the work throws is kept for the caller
  boolean run(OpenTransaction fresh) {
    transaction = fresh;
    failure = null;
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

  @Override
  public boolean isDone() {
    return done.getCount() == 0;
  }

  void finish() {
    done.countDown();
  }

  void fail(DatabaseException e) {
    failure = e;
    done.countDown();
  }

  @Override
  @SuppressWarnings("NullAway") // value is what the work returned, null only where T allows it
  public T result() {
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
