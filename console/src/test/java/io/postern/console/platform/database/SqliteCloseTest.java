package io.postern.console.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// After a clean stop everything is in the one file.
final class SqliteCloseTest {
  @TempDir Path directory;

  @Test
  void closing_folds_the_log_into_the_file() {
    var file = directory.resolve("postern.db");
    try (var database = new SqliteDatabase(file)) {
      database.write(tx -> tx.jdbc().sql("create table thing (name varchar(64))").update());
      database.write(tx -> tx.jdbc().sql("insert into thing values ('one')").update());
      database.<Integer>read(
          tx -> tx.jdbc().sql("select count(*) from thing").query(Integer.class).single());
      assertThat(directory.resolve("postern.db-wal")).exists();
    }
    assertThat(directory.toFile().list()).containsExactly("postern.db");
  }
}
