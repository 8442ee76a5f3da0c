package io.postern.console.settings;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.PrivatePostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class PostgresArrivalsTest extends ArrivalsContract {
  private Database database;

  @BeforeEach
  void open() {
    database = PrivatePostgres.shared().database();
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
