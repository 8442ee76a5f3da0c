package io.postern.console.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.postern.console.platform.UnusableSettingException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// PostgreSQL, shared by any number of Postern processes.
///
/// A process that stands still within a transaction (stopped, swapped out, its machine or network
/// gone) holds locks that the others wait for, and is not seen to be gone. So every session but
/// that of the migrations carries limits of its own, and PostgreSQL ends what passes them; what it
/// has no limit for, [StoppedBatches] ends.
public final class PostgresDatabase implements Database {
  static final int CONNECTIONS = 12;

  /// So many of them write at the same time; the others are left to those who read.
  static final int WRITERS = 8;

  /// Of batches under way: one for each kind of single statement that the outbox has.
  static final int JOURNEYS = 4;

  /// So long somebody waits for a connection: a short restart of PostgreSQL costs only what was
  /// under way, and a page does not keep silent about one that is gone.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// As `server_version_num` has it: the outbox keeps a derived column (ADR 16).
  static final int VERSION_MIN = 120_000;

  /// What one version adds to it.
  private static final int VERSION = 10_000;

  /// @param idle how long a transaction may wait for its process before PostgreSQL rolls it back
  /// @param statement how long one statement may run, its wait for locks included
  /// @param silence how long an answer may take before the connection counts as dead; longer than a
  ///   statement may run
  /// @param lock how long a batch may wait for a lock before its statements run alone. Who has it
  ///   may wait for one that the batch has; in most cases the batch gives up before PostgreSQL
  ///   looks for a deadlock and ends one of the two (`deadlock_timeout`, usually 1 s)
  record Limits(Duration idle, Duration statement, Duration silence, Duration lock) {
    static final Limits USUAL =
        new Limits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(90),
            Duration.ofMillis(500));
  }

  private final HikariDataSource pool;
  private final HikariDataSource journeys;
  private final Batches batches;
  private final StoppedBatches stopped;

  /// Whoever came first writes first. The pool hands a connection to the thread that had it last,
  /// and others would wait for as long as that one writes.
  private final Semaphore writers = new Semaphore(WRITERS, true);

  /// The transaction that this thread is within.
  private final ScopedValue<OpenTransaction> writing = ScopedValue.newInstance();

  /// @param url a JDBC URL
  /// @throws UnusableSettingException when the server is too old, or acknowledges commits before
  ///   they are durable
  public PostgresDatabase(String url, String user, @Nullable String password) {
    this(url, user, password, Limits.USUAL);
  }

  PostgresDatabase(String url, String user, @Nullable String password, Limits limits) {
    this(url, user, password, limits, VERSION_MIN);
  }

  PostgresDatabase(
      String url, String user, @Nullable String password, Limits limits, int versionMin) {
    this.pool = pool(url, user, password, limits);
    this.journeys = journeys(url, user, password, limits);
    this.batches = new Batches(journeys, this::updateAlone);
    requireRecent(JdbcClient.create(pool), versionMin);
    requireDurable(JdbcClient.create(pool));
    // Before the migrations: a batch that stands still may hold what they wait for.
    this.stopped = new StoppedBatches(pool, limits.idle());
    new Migrations(unlimited(url, user, password), Dialect.POSTGRESQL).run();
  }

  @Override
  public <T extends @Nullable Object> T writeSingle(Work<T> work) {
    var single = new SingleStatement(batches);
    T value = work.in(single);
    single.committed();
    return value;
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    Committed<T> done;
    writers.acquireUninterruptibly();
    try {
      done = commit(work);
    } finally {
      writers.release();
    }
    // The connection is back in the pool: what follows a commit may ask for one, and callers who
    // all held one while waiting for another would wait for ever.
    done.transaction().committed();
    return done.value();
  }

  /// Within a write, reads on its connection: writers who each held one while waiting for a second
  /// would wait for one another until the pool gives up.
  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    return work.in(
        writing.isBound() ? writing.get() : new OpenTransaction(JdbcClient.create(pool)));
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRESQL;
  }

  @Override
  public void close() {
    stopped.close();
    journeys.close();
    pool.close();
  }

  /// On a connection of the pool each statement commits by itself.
  private int updateAlone(String sql, List<? extends @Nullable Object> params) {
    writers.acquireUninterruptibly();
    try (var connection = pool.getConnection()) {
      return new OpenTransaction(connection).update(sql, params);
    } catch (SQLException e) {
      throw new DatabaseException("The database could not be written: " + e.getMessage(), e);
    } finally {
      writers.release();
    }
  }

  private <T extends @Nullable Object> Committed<T> commit(Work<T> work) {
    try (var connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      var transaction = new OpenTransaction(connection);
      T value;
      try {
        value = ScopedValue.where(writing, transaction).call(() -> work.in(transaction));
      } catch (RuntimeException | Error e) {
        rollBack(connection, e);
        throw e;
      }
      connection.commit();
      return new Committed<>(transaction, value);
    } catch (SQLException e) {
      throw new DatabaseException("The database could not be written: " + e.getMessage(), e);
    }
  }

  /// A connection that is gone was rolled back by the server; why the work failed is what counts.
  private static void rollBack(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static HikariDataSource pool(
      String url, String user, @Nullable String password, Limits limits) {
    var config = config(url, user, password, limits);
    config.setPoolName("postgresql");
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }

  /// For batches.
  private static HikariDataSource journeys(
      String url, String user, @Nullable String password, Limits limits) {
    var config = config(url, user, password, limits);
    config.setPoolName("postgresql-batches");
    config.addDataSourceProperty("ApplicationName", StoppedBatches.APPLICATION);
    config.setMaximumPoolSize(JOURNEYS);
    config.setConnectionInitSql(
        config.getConnectionInitSql() + "; set lock_timeout = " + limits.lock().toMillis());
    return new HikariDataSource(config);
  }

  private static HikariConfig config(
      String url, String user, @Nullable String password, Limits limits) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    if (password != null) {
      config.setPassword(password);
    }
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("socketTimeout", String.valueOf(limits.silence().toSeconds()));
    config.setConnectionInitSql(
        "set idle_in_transaction_session_timeout = %s; set statement_timeout = %s"
            .formatted(limits.idle().toMillis(), limits.statement().toMillis()));
    return config;
  }

  /// For migrations: they may take long, and one connection waits with the lock while another
  /// works.
  private static DataSource unlimited(String url, String user, @Nullable String password) {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("tcpKeepAlive", "true");
    if (password != null) {
      properties.setProperty("password", password);
    }
    var source = new DriverManagerDataSource(url);
    source.setConnectionProperties(properties);
    return source;
  }

  private record Committed<T extends @Nullable Object>(OpenTransaction transaction, T value) {}

  private static void requireRecent(JdbcClient jdbc, int min) {
    var version = Integer.parseInt(setting(jdbc, "server_version_num"));
    if (version < min) {
      throw new UnusableSettingException(
          "This is PostgreSQL %d; Postern needs %d or newer. Nothing was changed in the database."
              .formatted(version / VERSION, (min + VERSION - 1) / VERSION));
    }
  }

  private static void requireDurable(JdbcClient jdbc) {
    for (var name : new String[] {"fsync", "synchronous_commit"}) {
      if (setting(jdbc, name).equals("off")) {
        throw new UnusableSettingException(
            "PostgreSQL runs with %s = off and would lose acknowledged mail in a crash. Set it to on and start again."
                .formatted(name));
      }
    }
  }

  private static String setting(JdbcClient jdbc, String name) {
    return jdbc.sql("select current_setting(?)").param(name).query(String.class).single();
  }
}
