package io.postern.console.platform.database;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A transaction of one statement, which is committed when [#update] returns ([Batches]).
final class SingleStatement implements Transaction {
  private final Batches batches;
  private final List<Runnable> afterCommit = new ArrayList<>();
  private boolean ran;

  SingleStatement(Batches batches) {
    this.batches = batches;
  }

  /// @throws IllegalStateException always: what it ran would be another transaction
  @Override
  public JdbcClient jdbc() {
    throw notSingle();
  }

  @Override
  public int update(String sql, List<? extends @Nullable Object> params) {
    if (ran) {
      throw notSingle();
    }
    ran = true;
    return batches.update(sql, params);
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }

  private static IllegalStateException notSingle() {
    return new IllegalStateException(
        "This work was to be one update; what needs more belongs into Database.write.");
  }
}
