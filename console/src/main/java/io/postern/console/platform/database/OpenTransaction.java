package io.postern.console.platform.database;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// A transaction on one connection, with what is to happen after its commit.
final class OpenTransaction implements Transaction {
  private final JdbcClient jdbc;
  private final int statementsMax;
  private int statements;
  private final List<Runnable> afterCommit = new ArrayList<>();

  OpenTransaction(Connection connection) {
    this(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
  }

  OpenTransaction(JdbcClient jdbc) {
    this(jdbc, Integer.MAX_VALUE);
  }

  private OpenTransaction(JdbcClient jdbc, int statementsMax) {
    this.jdbc = jdbc;
    this.statementsMax = statementsMax;
  }

  /// On a connection where each statement commits by itself: a second one would be another
  /// transaction.
  static OpenTransaction ofOneStatement(Connection connection) {
    return new OpenTransaction(
        JdbcClient.create(new SingleConnectionDataSource(connection, true)), 1);
  }

  @Override
  public JdbcClient jdbc() {
    if (statements == statementsMax) {
      throw new IllegalStateException(
          "This work was to be one statement; what needs two belongs into Database.write.");
    }
    statements++;
    return jdbc;
  }

  @Override
  public boolean isSingle() {
    return statementsMax == 1;
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }
}
