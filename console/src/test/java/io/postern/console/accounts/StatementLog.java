package io.postern.console.accounts;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Pending;
import io.postern.console.platform.database.Transaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Keeps what one thread asks of the database: each transaction with its statements, in order. What
/// other threads ask is passed on and not kept.
final class StatementLog implements Database {
  private final Database database;
  private final Thread watched = Thread.currentThread();
  private final List<String> kept = new ArrayList<>();

  StatementLog(Database database) {
    this.database = database;
  }

  /// What was asked since this was last called.
  List<String> taken() {
    var taken = List.copyOf(kept);
    kept.clear();
    return taken;
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    return database.write(watch("write", work));
  }

  @Override
  public <T extends @Nullable Object> T writeRepeatable(Work<T> work) {
    return database.writeRepeatable(watch("write", work));
  }

  @Override
  public <T extends @Nullable Object> T writeSingle(Work<T> work) {
    return database.writeSingle(watch("write", work));
  }

  @Override
  public <T extends @Nullable Object> Pending<T> begin(Work<T> work) {
    return database.begin(watch("write", work));
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    return database.read(watch("read", work));
  }

  @Override
  public Dialect dialect() {
    return database.dialect();
  }

  @Override
  public void close() {
    database.close();
  }

  /// The work may run on another thread, but whoever asked waits for it.
  private <T extends @Nullable Object> Work<T> watch(String kind, Work<T> work) {
    if (Thread.currentThread() != watched) {
      return work;
    }
    kept.add(kind);
    return transaction -> work.in(new Watched(transaction, kept));
  }

  private record Watched(Transaction transaction, List<String> kept) implements Transaction {
    @Override
    public JdbcClient jdbc() {
      var real = transaction.jdbc();
      return (JdbcClient)
          Proxy.newProxyInstance(
              JdbcClient.class.getClassLoader(),
              new Class<?>[] {JdbcClient.class},
              (_, method, arguments) -> {
                if (method.getName().equals("sql")) {
                  kept.add((String) arguments[0]);
                }
                try {
                  return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    @Override
    public int update(String sql, List<? extends @Nullable Object> params) {
      kept.add(sql);
      return transaction.update(sql, params);
    }

    @Override
    public void afterCommit(Runnable action) {
      transaction.afterCommit(action);
    }
  }
}
