package io.postern.console.platform.database;

import org.springframework.jdbc.core.simple.JdbcClient;

/// A running transaction. It is passed to whatever takes part, so that a business change and its
/// mail commit together.
public interface Transaction {
  JdbcClient jdbc();

  /// Whether it is one statement ([Database#writeSingle] on PostgreSQL): what follows from it needs
  /// a transaction of its own.
  boolean isSingle();

  /// Runs after the commit, on the thread that asked for the transaction; not at all after a
  /// rollback.
  void afterCommit(Runnable action);
}
