package io.postern.console.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Letters, addresses and hashes are nobody else's to read, whatever the umask.
class SqliteModeTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void R526_the_database_and_what_stands_beside_it_are_their_owners_alone() throws IOException {
    try (var _ = new SqliteDatabase(directory.resolve("postern.db"))) {
      assertModes("rw-------");
    }
  }

  @Test
  void R526_a_backup_that_was_put_back_is_closed_to_others_and_keeps_its_group()
      throws IOException {
    var file = directory.resolve("postern.db");
    new SqliteDatabase(file).close();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    try (var _ = new SqliteDatabase(file)) {
      assertModes("rw-rw----");
    }
  }

  private void assertModes(String expected) throws IOException {
    for (var name : new String[] {"postern.db", "postern.db-wal", "postern.db-shm"}) {
      var file = directory.resolve(name);
      assertTrue(Files.exists(file), name);
      assertEquals(
          expected, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), name);
    }
  }
}
