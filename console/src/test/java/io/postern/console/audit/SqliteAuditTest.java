package io.postern.console.audit;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.MigratedFile;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteAuditTest extends AuditContract {
  @TempDir Path directory;
  private Database database;

  @BeforeEach
  void open() {
    database = MigratedFile.open(directory);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  Database database() {
    return database;
  }
}
