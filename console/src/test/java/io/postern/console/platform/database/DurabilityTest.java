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

  /// No older server is at hand, so more is asked of this one than it has.
  @Test
  void a_postgresql_that_is_too_old_is_refused_before_anything_is_changed() {
    var postgres = PrivatePostgres.shared();
    var name = postgres.create();
    int version =
        client(postgres, name).sql("show server_version_num").query(Integer.class).single();

    assertThatThrownBy(() -> open(postgres, name, version + 1).close())
        .isInstanceOfSatisfying(
            UnusableSettingException.class,
            refusal ->
                assertThat(refusal.sentence())
                    .matches("This is PostgreSQL \\d+; Postern needs .*"));
    assertThat(
            client(postgres, name)
                .sql("select count(*) from pg_tables where schemaname = 'public'")
                .query(Integer.class)
                .single())
        .isZero();

    open(postgres, name, version).close();
  }

  private static PostgresDatabase open(PrivatePostgres postgres, String name, int versionMin) {
    return new PostgresDatabase(
        postgres.jdbc(name), "postern", null, PostgresDatabase.Limits.USUAL, versionMin);
  }

  private static <T> T pragma(Transaction transaction, String name, Class<T> type) {
    return transaction.jdbc().sql("pragma " + name).query(type).single();
  }

  private static void set(PrivatePostgres postgres, String name, String value) {
    client(postgres, name)
        .sql("alter database %s set synchronous_commit = %s".formatted(name, value))
        .update();
  }

  private static JdbcClient client(PrivatePostgres postgres, String name) {
    return JdbcClient.create(new DriverManagerDataSource(postgres.jdbc(name), "postern", ""));
  }
}
