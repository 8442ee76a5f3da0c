package io.postern.console.outbox;

import io.postern.console.platform.database.Database.Dialect;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A worker between the outbox and its relay, anew for each test and on each database.
abstract class EachDatabase {
  private final Dialect dialect;
  @TempDir Path directory;
  WorkerStand work;
  OutboxStand stand;

  EachDatabase(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  final void open() {
    work = WorkerStand.on(dialect, directory);
    stand = work.stand;
    work.signIn("", "");
  }

  @AfterEach
  final void close() {
    work.close();
  }
}
