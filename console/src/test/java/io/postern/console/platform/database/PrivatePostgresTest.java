package io.postern.console.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

final class PrivatePostgresTest {
  @Test
  void every_database_is_its_own_and_has_the_schema() {
    var postgres = PrivatePostgres.shared();
    try (var one = postgres.database();
        var other = postgres.database()) {
      one.write(tx -> tx.jdbc().sql("update outbox_control set paused = 1").update());

      assertThat(paused(one)).isEqualTo(1);
      assertThat(paused(other)).isZero();
      assertThat(postgres.isRunning()).isTrue();
    }
  }

  @Test
  void what_a_killed_run_left_behind_is_cleared_and_does_not_hold_up_the_next() throws IOException {
    var left = openToAll(Files.createDirectory(Path.of(PrivatePostgres.PLACES + "left")));
    try {
      var data = openToAll(Files.createDirectory(left.resolve("data")));
      // No process ever has this number: pg_ctl says so, and on what it says the next run waited.
      Files.writeString(data.resolve("postmaster.pid"), "999999999\n" + data + "\n");
      openToAll(Files.createFile(left.resolve("lock")));

      assertThat(PrivatePostgres.under(Map.of()).isRunning()).isTrue();

      assertThat(left.resolve("lock")).doesNotExist();
    } finally {
      FileSystemUtils.deleteRecursively(left);
    }
  }

  /// The server's user is another one where the tests are root.
  private static Path openToAll(Path path) throws IOException {
    return Files.setPosixFilePermissions(path, EnumSet.allOf(PosixFilePermission.class));
  }

  private static int paused(Database database) {
    return database.read(
        tx -> tx.jdbc().sql("select paused from outbox_control").query(Integer.class).single());
  }
}
