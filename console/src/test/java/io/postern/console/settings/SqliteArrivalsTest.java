package io.postern.console.settings;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.MigratedFile;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteArrivalsTest extends ArrivalsContract {
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
