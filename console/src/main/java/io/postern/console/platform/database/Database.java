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

  /// Runs read-only work on its own connection; sees everything committed before.
  <T extends @Nullable Object> T read(Work<T> work);

  Dialect dialect();

  @Override
  void close();

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
