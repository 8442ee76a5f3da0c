package io.postern.console.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One server at a time holds the data directory.
class DataDirectoryTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void it_is_made_for_its_owner_alone() throws IOException {
    var fresh = directory.resolve("data");
    DataDirectory.hold(fresh).close();
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)));
  }

  @Test
  void a_second_server_is_told_who_is_in_the_way() {
    try (var _ = DataDirectory.hold(directory)) {
      var refusal =
          assertThrows(UnusableSettingException.class, () -> DataDirectory.hold(directory));
      assertTrue(
          refusal.sentence().startsWith("Another Postern serves from " + directory),
          refusal.sentence());
    }
  }

  @Test
  void it_is_free_again_after_the_first_server_stopped() {
    DataDirectory.hold(directory).close();
    DataDirectory.hold(directory).close();
    assertTrue(Files.exists(directory.resolve("serve.lock")));
  }

  @Test
  void a_file_in_its_place_is_named() throws IOException {
    var file = Files.createFile(directory.resolve("data"));
    var refusal = assertThrows(UnusableSettingException.class, () -> DataDirectory.hold(file));
    assertTrue(refusal.sentence().contains("cannot be written"), refusal.sentence());
  }
}
