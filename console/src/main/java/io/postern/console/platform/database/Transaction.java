package io.postern.console.platform.database;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A running transaction. It is passed to whatever takes part, so that a business change and its
/// mail commit together.
public interface Transaction {
  JdbcClient jdbc();

  /// Runs a statement that tells nothing but how many rows it changed: the one that
  /// [Database#writeSingle] may run on PostgreSQL.
  ///
  /// @param params one for each question mark
  /// @return how many rows
  default int update(String sql, List<? extends @Nullable Object> params) {
    return jdbc().sql(sql).params(params).update();
  }

  /// Runs after the commit, on the thread that asked for the transaction; not at all after a
  /// rollback.
  void afterCommit(Runnable action);
}
