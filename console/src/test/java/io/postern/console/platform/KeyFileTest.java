package io.postern.console.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// the key file is made once, readable by its owner alone, and refused otherwise.
class KeyFileTest {
  @TempDir private Path directory = Path.of("");
  private final SecureRandom random = new SecureRandom();

  @Test
  void R526_the_first_start_makes_a_key_that_only_the_owner_reads() throws IOException {
    var file = directory.resolve("key");
    var key = KeyFile.readOrMake(file, random);
    assertEquals(1, key.size());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(Files.readString(file).matches("[0-9a-f]{64}\n"));
    assertEquals(lines(key), lines(KeyFile.readOrMake(file, random)));
  }

  @Test
  void R526_a_key_that_others_may_read_is_refused_with_the_command_that_mends_it()
      throws IOException {
    var file = directory.resolve("key");
    KeyFile.readOrMake(file, random);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    var refusal =
        assertThrows(UnusableSettingException.class, () -> KeyFile.readOrMake(file, random));
    assertTrue(refusal.sentence().contains("chmod 600 " + file), refusal.sentence());
  }

  @Test
  void R522_eight_keys_are_taken_and_nine_refused() throws IOException {
    var file = directory.resolve("key");
    KeyFile.readOrMake(file, random);
    var keys = Stream.generate(() -> KeyFile.fresh(random)).limit(KeyFile.KEYS_MAX).toList();
    KeyFile.write(file, keys);
    assertEquals(lines(keys), lines(KeyFile.readOrMake(file, random)));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));

    KeyFile.write(file, Stream.concat(keys.stream(), keys.stream().limit(1)).toList());
    var refusal =
        assertThrows(UnusableSettingException.class, () -> KeyFile.readOrMake(file, random));
    assertTrue(refusal.sentence().contains("more than 8 keys"), refusal.sentence());
  }

  /// As when root changes the key of a server that runs as a user of its own.
  @Test
  void a_new_file_of_another_user_does_not_replace_the_one_that_the_server_reads()
      throws IOException {
    var file = directory.resolve("key");
    var fresh = Files.createFile(directory.resolve("key.new"));
    var users = directory.getFileSystem().getUserPrincipalLookupService();
    var root = users.lookupPrincipalByName("root");
    var server = users.lookupPrincipalByName("nobody");

    KeyFile.requireSameOwner(file, server, fresh, server);
    assertTrue(Files.exists(fresh));

    var refusal =
        assertThrows(
            UnusableSettingException.class,
            () -> KeyFile.requireSameOwner(file, server, fresh, root));
    assertEquals(
        "The key file %s belongs to nobody, who could not read one that root makes. Nothing was changed. Run this as nobody: sudo -u nobody …"
            .formatted(file),
        refusal.sentence());
    assertTrue(Files.notExists(fresh));
  }

  @Test
  void a_file_that_holds_no_key_is_refused_and_kept() throws IOException {
    var file = directory.resolve("key");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, "not a key\n");
    var refusal =
        assertThrows(UnusableSettingException.class, () -> KeyFile.readOrMake(file, random));
    assertTrue(refusal.sentence().contains("64 hexadecimal digits"), refusal.sentence());
    assertEquals("not a key\n", Files.readString(file));
  }

  private static List<String> lines(List<InstanceKey> keys) {
    return keys.stream().map(InstanceKey::line).toList();
  }
}
