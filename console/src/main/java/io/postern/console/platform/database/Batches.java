package io.postern.console.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlTypeValue;
import org.springframework.jdbc.core.StatementCreatorUtils;

/// Statements that commit by themselves (ADR 18). Of those with the same words one is under way at
/// a time; those that come meanwhile are the next journey to PostgreSQL, one transaction and one
/// flush. Whoever waits the longest makes it for the others.
///
/// One that fails takes no other with it: PostgreSQL has undone all of its batch then, and each
/// runs alone.
final class Batches {
  /// In one journey. PostgreSQL's driver would split four times as many, for fear of a deadlock
  /// between its buffers and the server's, and they would not be one transaction.
  static final int MOST = 64;

  private static final int ANSWERS_WITHIN_SECONDS = 5;

  private final DataSource pool;
  private final Alone alone;
  private final Map<String, Line<Waiting>> lines = new ConcurrentHashMap<>();

  /// @param pool of connections on which each statement commits by itself
  /// @param alone runs a statement for which there is no batch
  Batches(DataSource pool, Alone alone) {
    this.pool = pool;
    this.alone = alone;
  }

  /// Runs one statement, durably.
  @FunctionalInterface
  interface Alone {
    int update(String sql, List<? extends @Nullable Object> params);
  }

  /// Returns when the statement is durable.
  ///
  /// @return how many rows it changed
  /// @throws DatabaseException or DataAccessException when it failed, or nobody knows
  int update(String sql, List<? extends @Nullable Object> params) {
    var mine = new Waiting(params);
    lines.computeIfAbsent(sql, _ -> new Line<>(MOST)).pass(mine, batch -> serve(sql, batch));
    var rows = mine.rows;
    if (rows != null) {
      return rows;
    }
    if (mine.isAlone) {
      return alone.update(sql, params);
    }
    var failure = mine.failure;
    throw failure != null
        ? failure
        : new DatabaseException("Whoever wrote for others broke off; nobody knows how far.");
  }

  /// An interrupt is for the caller alone, and would cost all the connection.
  private void serve(String sql, List<Waiting> batch) {
    var interrupted = Thread.interrupted();
    try {
      run(sql, batch);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run(String sql, List<Waiting> batch) {
    if (batch.size() == 1) {
      var only = batch.getFirst();
      only.rows = alone.update(sql, only.params);
      return;
    }
    try (var connection = pool.getConnection()) {
      try {
        runTogether(connection, sql, batch);
      } catch (SQLException e) {
        // A session that lives on has said what was wrong with a statement, and undone all of them.
        if (!connection.isValid(ANSWERS_WITHIN_SECONDS)) {
          throw e;
        }
        batch.forEach(each -> each.isAlone = true);
      }
    } catch (SQLException e) {
      var failure =
          new DatabaseException("The database could not be written: " + e.getMessage(), e);
      batch.forEach(each -> each.failure = failure);
    }
  }

  private static void runTogether(Connection connection, String sql, List<Waiting> batch)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (var each : batch) {
        for (var n = 0; n < each.params.size(); n++) {
          StatementCreatorUtils.setParameterValue(
              statement, n + 1, SqlTypeValue.TYPE_UNKNOWN, each.params.get(n));
        }
        statement.addBatch();
      }
      var rows = statement.executeBatch();
      for (var n = 0; n < rows.length; n++) {
        batch.get(n).rows = rows[n];
      }
    }
  }

  /// What a statement takes, and what became of it: rows when it was done, whatever came after.
  /// Written by who makes the journey, read after the line was passed.
  private static final class Waiting {
    private final List<? extends @Nullable Object> params;
    private @Nullable Integer rows;
    private boolean isAlone;
    private @Nullable DatabaseException failure;

    Waiting(List<? extends @Nullable Object> params) {
      this.params = params;
    }
  }
}
