package io.postern.console.accounts;

import io.postern.console.platform.database.SqliteDatabase;
import java.nio.file.Path;
import java.util.List;

/// What the audit log of a console on SQLite says.
final class Trail {
  private Trail() {}

  static List<String> sentences(Path directory) {
    return column(directory, "sentence");
  }

  static List<String> column(Path directory, String column) {
    try (var database = new SqliteDatabase(directory.resolve("postern.db"))) {
      return database.read(tx ->
          tx.jdbc()
              .sql("select " + column + " from audit_entry order by sequence")
              .query(String.class)
              .list());
    }
  }
}
