package io.postern.console.platform.database;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// A transaction on one connection, with what is to happen after its commit; for reads a pool, on
/// which each statement stands alone.
final class OpenTransaction implements Transaction {
  private final JdbcClient jdbc;
  private final List<Runnable> afterCommit = new ArrayList<>();

  OpenTransaction(Connection connection) {
    this(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
  }

  OpenTransaction(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public JdbcClient jdbc() {
    return jdbc;
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }
}
