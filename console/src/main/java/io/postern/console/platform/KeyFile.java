package io.postern.console.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// The instance key: 32 octets in hexadecimal, in a file that only its owner may read.
public final class KeyFile {
  static final int KEY_OCTETS = 32;

  private KeyFile() {}

  /// Reads the key, or makes one on the first start.
  ///
  /// @throws UnusableSettingException when others may read the file, or it holds no key
  public static byte[] readOrMake(Path file, RandomGenerator random) {
    try {
      if (!Files.exists(file)) {
        make(file, random);
      }
      return read(file);
    } catch (IOException e) {
      throw new UnusableSettingException(
          "The key file " + file + " cannot be used: " + e.getMessage());
    }
  }

  private static void make(Path file, RandomGenerator random) throws IOException {
    var key = new byte[KEY_OCTETS];
    random.nextBytes(key);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try {
      Files.createFile(file, ownerOnly);
    } catch (FileAlreadyExistsException _) {
      // Another process on the same directory was first; its key is the key.
      return;
    }
    try {
      Files.writeString(file, HexFormat.of().formatHex(key) + "\n", StandardOpenOption.SYNC);
      keepName(file);
    } catch (IOException e) {
      // Half a key would be taken for a damaged one at the next start.
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /// The name of a new file is durable only when its directory is (fsync(2)): what the database
  /// seals must not outlive the key.
  private static void keepName(Path file) throws IOException {
    try (var directory = FileChannel.open(file.toAbsolutePath().getParent())) {
      directory.force(true);
    }
  }

  private static byte[] read(Path file) throws IOException {
    var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    if (!mode.endsWith("------")) {
      throw new UnusableSettingException(
          "Others may read the key file %s (mode %s). Run: chmod 600 %s"
              .formatted(file, mode, file));
    }
    var text = Files.readString(file).strip();
    if (!text.matches("[0-9a-f]{64}")) {
      throw new UnusableSettingException(
          "The key file "
              + file
              + " holds no key: 64 hexadecimal digits are expected. Restore it from your backup.");
    }
    return HexFormat.of().parseHex(text);
  }
}
