package io.postern.console.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.postern.console.platform.UnusableSettingException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// PostgreSQL, shared by any number of Postern processes.
public final class PostgresDatabase implements Database {
  private static final int CONNECTIONS = 16;

  private final HikariDataSource pool;

  /// @param url a JDBC URL
  /// @throws UnusableSettingException when the server acknowledges commits before they are durable
  ///
  public PostgresDatabase(String url, String user, @Nullable String password) {
    var config = new HikariConfig();
    config.setPoolName("postgresql");
    config.setJdbcUrl(url);
    config.setUsername(user);
    if (password != null) {
      config.setPassword(password);
    }
    config.setMaximumPoolSize(CONNECTIONS);
    this.pool = new HikariDataSource(config);
    requireDurable(JdbcClient.create(pool));
    new Migrations(pool, Dialect.POSTGRESQL).run();
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    var done = commit(work);
    // The connection is back in the pool: what follows a commit may ask for one, and callers who
    // all
    // held one while waiting for another would wait for ever.
    done.transaction().committed();
    return done.value();
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    return work.in(new OpenTransaction(JdbcClient.create(pool)));
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRESQL;
  }

  @Override
  public void close() {
    pool.close();
  }

  private <T extends @Nullable Object> Committed<T> commit(Work<T> work) {
    try (var connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      var transaction = new OpenTransaction(connection);
      T value;
      try {
        value = work.in(transaction);
      } catch (RuntimeException | Error e) {
        connection.rollback();
        throw e;
      }
      connection.commit();
      return new Committed<>(transaction, value);
    } catch (SQLException e) {
      throw new DatabaseException("The database could not be written: " + e.getMessage(), e);
    }
  }

  private record Committed<T extends @Nullable Object>(OpenTransaction transaction, T value) {}

  private static void requireDurable(JdbcClient jdbc) {
    for (var name : new String[] {"fsync", "synchronous_commit"}) {
      var value = jdbc.sql("select current_setting(?)").param(name).query(String.class).single();
      if (value.equals("off")) {
        throw new UnusableSettingException(
            "PostgreSQL runs with %s = off and would lose acknowledged mail in a crash. Set it to on and start again."
                .formatted(name));
      }
    }
  }
}
