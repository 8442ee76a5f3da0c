package io.postern.console.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.platform.UnusableSettingException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// What is acknowledged stands on the disk: a database that only says so is not used.
final class DurabilityTest {
  private static final int FULL = 2;

  @TempDir Path directory;

  @Test
  void R701_sqlite_flushes_its_log_with_every_commit() {
    try (var database = new SqliteDatabase(directory.resolve("postern.db"))) {
      assertThat(database.<Integer>write(tx -> pragma(tx, "synchronous", Integer.class)))
          .isEqualTo(FULL);
      assertThat(database.<String>write(tx -> pragma(tx, "journal_mode", String.class)))
          .isEqualTo("wal");
    }
  }

  @Test
  void R701_a_postgresql_that_acknowledges_before_it_flushes_is_refused() {
    var postgres = PrivatePostgres.shared();
    var name = postgres.create();
    set(postgres, name, "off");
    assertThatThrownBy(() -> postgres.open(name).close())
        .isInstanceOfSatisfying(
            UnusableSettingException.class,
            refusal -> assertThat(refusal.sentence()).contains("synchronous_commit = off"));

    set(postgres, name, "on");
    postgres.open(name).close();
  }

  /// No older server is at hand: the one that runs here is asked for its number, and the numbers
  /// around the limit are judged.
  @Test
  void a_postgresql_that_is_too_old_is_refused_before_anything_is_changed() {
    PostgresDatabase.requireRecent("120000");
    assertThatThrownBy(() -> PostgresDatabase.requireRecent("110022"))
        .isInstanceOfSatisfying(
            UnusableSettingException.class,
            refusal ->
                assertThat(refusal.sentence())
                    .startsWith("This is PostgreSQL 11; Postern needs 12 or newer."));
    assertThatThrownBy(() -> PostgresDatabase.requireRecent("119999"))
        .isInstanceOf(UnusableSettingException.class);
  }

  private static <T> T pragma(Transaction transaction, String name, Class<T> type) {
    return transaction.jdbc().sql("pragma " + name).query(type).single();
  }

  private static void set(PrivatePostgres postgres, String name, String value) {
    JdbcClient.create(new DriverManagerDataSource(postgres.jdbc(name), "postern", ""))
        .sql("alter database %s set synchronous_commit = %s".formatted(name, value))
        .update();
  }
}
