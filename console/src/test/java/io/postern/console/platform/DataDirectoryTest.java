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
    assertEquals("rwx------", modeOf(fresh));
  }

  @Test
  void R526_one_that_everybody_may_write_is_closed_and_that_is_said() throws IOException {
    var open = openToAll("volume");
    try (var held = DataDirectory.hold(open)) {
      assertEquals(
          "Everybody could write the data directory %s (mode rwxrwxrwx). Now only this user may (mode 0700)."
              .formatted(open),
          held.remark());
    }
    assertEquals("rwx------", modeOf(open));
    try (var again = DataDirectory.hold(open)) {
      assertEquals("", again.remark());
    }
  }

  /// Such as `/tmp`: others rely on it.
  @Test
  void R526_one_with_other_things_in_it_is_refused_and_left_as_it_is() throws IOException {
    var shared = openToAll("shared");
    Files.createFile(shared.resolve("of-somebody-else"));
    var refusal = assertThrows(UnusableSettingException.class, () -> DataDirectory.hold(shared));
    assertTrue(
        refusal.sentence().contains("--data-dir " + shared.resolve("postern")), refusal.sentence());
    assertEquals("rwxrwxrwx", modeOf(shared));
    DataDirectory.hold(shared.resolve("postern")).close();
    assertEquals("rwx------", modeOf(shared.resolve("postern")));
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
  void R526_it_is_free_again_after_the_first_server_stopped_and_its_lock_is_nobody_elses()
      throws IOException {
    DataDirectory.hold(directory).close();
    DataDirectory.hold(directory).close();
    var file = directory.resolve("serve.lock");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void a_file_in_its_place_is_named() throws IOException {
    var file = Files.createFile(directory.resolve("data"));
    var refusal = assertThrows(UnusableSettingException.class, () -> DataDirectory.hold(file));
    assertTrue(refusal.sentence().contains(file + " is a file"), refusal.sentence());
  }

  @Test
  void where_none_can_be_made_the_reason_is_said() throws IOException {
    var inFile = Files.createFile(directory.resolve("file")).resolve("data");
    assertTrue(
        assertThrows(UnusableSettingException.class, () -> DataDirectory.hold(inFile))
            .sentence()
            .matches(".*cannot be made: .*(is a file|Not a directory).*"),
        inFile.toString());
    var inProc =
        assertThrows(
            UnusableSettingException.class, () -> DataDirectory.hold(Path.of("/proc/postern")));
    assertTrue(
        inProc.sentence().contains("its file system takes no directories there"),
        inProc.sentence());
  }

  private Path openToAll(String name) throws IOException {
    return Files.setPosixFilePermissions(
        Files.createDirectory(directory.resolve(name)),
        PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  private static String modeOf(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
