package io.postern.console.platform.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// SQLite in memory over one connection, on the thread of the caller: for simulations, which let
/// one thread run at a time.
public final class MemoryDatabase implements Database {
  private final Connection connection;
  private final JdbcClient jdbc;

  /// Begins as a copy of a file.
  public MemoryDatabase(Path template) {
    try {
      connection = PreparedOnce.of(DriverManager.getConnection("jdbc:sqlite::memory:"));
      try (var statement = connection.createStatement()) {
        statement.execute("restore from '" + template + "'");
      }
      execute("pragma foreign_keys = on");
      connection.setAutoCommit(true);
      jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    var transaction = new OpenTransaction(jdbc);
    var committed = false;
    try {
      execute("begin immediate");
      T value = work.in(transaction);
      execute("commit");
      committed = true;
      transaction.committed();
      return value;
    } finally {
      if (!committed) {
        execute("rollback");
      }
    }
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    return work.in(new OpenTransaction(jdbc));
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String sql) {
    try (var statement = connection.prepareStatement(sql)) {
      statement.execute();
    } catch (SQLException e) {
      throw new DatabaseException("The database in memory failed: " + e.getMessage(), e);
    }
  }
}
