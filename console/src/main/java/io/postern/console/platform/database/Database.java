package io.postern.console.platform.database;

import org.jspecify.annotations.Nullable;

/// The one way to the database. Two exist: SQLite in the data directory, and PostgreSQL.
public interface Database extends AutoCloseable {
  /// Runs one transaction and returns when it is durable. An exception rolls it back and
  /// comes out unchanged. The work may run on another thread and must not wait for anything but the
  /// database.
  <T extends @Nullable Object> T write(Work<T> work);

  /// As [#write], for work that may run twice, its first run undone: whatever it leaves outside the
  /// database is the same then. For what is written for every mail: on SQLite it costs less.
  default <T extends @Nullable Object> T writeRepeatable(Work<T> work) {
    return write(work);
  }

  /// As [#writeRepeatable], for work that is one [Transaction#update]: on PostgreSQL that statement
  /// commits by itself, one journey there and back instead of two, which it shares with those of
  /// the same words that wait meanwhile (ADR 18). On SQLite, where there is no journey, it may be
  /// more.
  ///
  /// @throws IllegalStateException when the work asks PostgreSQL for a second one, or for
  ///   [Transaction#jdbc]; what ran before stands
  default <T extends @Nullable Object> T writeSingle(Work<T> work) {
    return writeRepeatable(work);
  }

  /// As [#writeSingle], for a caller who has something to do until it is durable. What is begun is
  /// committed in order: whatever the caller writes later is not durable before it. PostgreSQL,
  /// which has no thread of its own here, is done when this returns.
  ///
  /// @throws RuntimeException what [#writeSingle] throws, when it is done by then
  default <T extends @Nullable Object> Pending<T> begin(Work<T> work) {
    return new Done<>(writeSingle(work));
  }

  /// Runs read-only work. Each statement sees what was committed before it, and others may write
  /// between two. Within a [#write], PostgreSQL reads on that transaction's connection and sees
  /// what it has written; SQLite does not.
  <T extends @Nullable Object> T read(Work<T> work);

  Dialect dialect();

  @Override
  void close();

  /// What was done at once.
  record Done<T extends @Nullable Object>(T result) implements Pending<T> {
    @Override
    public boolean isDone() {
      return true;
    }
  }

  /// What happens in a transaction.
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T in(Transaction transaction);
  }

  /// Which SQL is spoken.
  enum Dialect {
    SQLITE,
    POSTGRESQL
  }
}
