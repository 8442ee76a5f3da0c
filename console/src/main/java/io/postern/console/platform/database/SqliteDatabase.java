package io.postern.console.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.postern.console.platform.OwnerOnly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// SQLite in one file: WAL, synchronous=FULL, one writer, several readers.
///
/// Waiting for the write lock inside SQLite would pin a carrier thread, so writers queue in Java
/// (stack.md 3.3), and units that wait together share one COMMIT.
public final class SqliteDatabase implements Database {
  private static final int READERS = 4;

  private final HikariDataSource readers;
  private final SqliteWriter writer;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// A disk that fails is told to those who write, and to nobody else.
  public SqliteDatabase(Path file) {
    this(file, _ -> {});
  }

  /// @param whenBroken what to do when the disk failed and nothing more is written
  /// @throws io.postern.console.platform.UnusableSettingException when the file cannot be kept from
  ///   other users
  public SqliteDatabase(Path file, Consumer<DatabaseException> whenBroken) {
    closeToOthers(file);
    new Migrations(source(file, false), Dialect.SQLITE).run();
    this.readers = readers(file);
    this.writer = new SqliteWriter(connect(source(file, false)), whenBroken);
    claim();
  }

  /// SQLite gives its log and its index the mode of the database (os_unix.c, findCreateFileMode);
  /// those of an earlier process stay as they are.
  private static void closeToOthers(Path file) {
    OwnerOnly.ensure("database", file);
    for (var end : List.of("-wal", "-shm")) {
      var beside = Path.of(file + end);
      if (Files.exists(beside)) {
        OwnerOnly.close("database", beside);
      }
    }
  }

  /// Takes the write lock once: a file that another program holds locked can be read, and would
  /// fail the first caller instead of the start.
  private void claim() {
    try {
      writer.begin(_ -> true, true).result();
    } catch (DatabaseException e) {
      close();
      throw e;
    }
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    return writer.begin(work, false).result();
  }

  @Override
  public <T extends @Nullable Object> T writeRepeatable(Work<T> work) {
    return begin(work).result();
  }

  @Override
  public <T extends @Nullable Object> Pending<T> begin(Work<T> work) {
    return writer.begin(work, true);
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    return work.in(new OpenTransaction(JdbcClient.create(readers)));
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      // The last connection to close folds the log into the file; a reader may not write it.
      readers.close();
      writer.close();
    }
  }

  private static HikariDataSource readers(Path file) {
    var config = new HikariConfig();
    config.setPoolName("sqlite-readers");
    config.setDataSource(new PreparedOnce.Source(source(file, true)));
    config.setMaximumPoolSize(READERS);
    config.setReadOnly(true);
    return new HikariDataSource(config);
  }

  private static DataSource source(Path file, boolean readOnly) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(2_000);
    config.setReadOnly(readOnly);
    // Asked after each insert otherwise; nobody wants them.
    config.setGetGeneratedKeys(false);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /// The log of the life before is folded into the file before the new one begins: what a failed
  /// flush left in the system's memory only is written once more.
  private static Connection connect(DataSource source) {
    try {
      var connection = source.getConnection();
      try (var statement = connection.createStatement()) {
        statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        statement.execute("PRAGMA wal_autocheckpoint = 0");
      }
      return connection;
    } catch (SQLException e) {
      throw new DatabaseException(
          "The database file cannot be opened for writing: " + e.getMessage(), e);
    }
  }
}
