package io.postern.console.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The instance key: 32 octets in hexadecimal, in a file that only its owner may read. While the
/// key is changed there are several, a line each, oldest first.
final class KeyFile {
  static final int KEYS_MAX = 8;

  private KeyFile() {}

  /// Reads the keys, or makes one on the first start.
  ///
  /// @throws UnusableSettingException when others may read the file, or it holds no key
  static List<InstanceKey> readOrMake(Path file, RandomGenerator random) {
    try {
      if (!Files.exists(file)) {
        make(file, random);
      }
      return read(file);
    } catch (IOException e) {
      throw new UnusableSettingException(
          "The key file %s cannot be used: %s. Give this user access, or name another with --key-file."
              .formatted(file, FileFault.reason(e)));
    }
  }

  static InstanceKey fresh(RandomGenerator random) {
    var octets = new byte[InstanceKey.OCTETS];
    random.nextBytes(octets);
    return new InstanceKey(octets);
  }

  /// Puts these keys in place of those that the file holds, in one step: whoever reads it meanwhile
  /// finds the one or the other.
  ///
  /// @throws UnusableSettingException when it cannot be written, as with one that is mounted, or
  ///   belongs to another user
  static void write(Path file, List<InstanceKey> keys) {
    try {
      var real = file.toRealPath();
      var beside = real.resolveSibling(real.getFileName() + ".new");
      Files.deleteIfExists(beside);
      OwnerOnly.make(beside);
      requireSameOwner(real, Files.getOwner(real), beside, Files.getOwner(beside));
      fill(beside, keys);
      Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE);
      keepName(real);
    } catch (IOException e) {
      throw new UnusableSettingException(
          "The key file %s cannot be written (%s). Change it by hand: a key is a line of 64 hexadecimal digits, the oldest first."
              .formatted(file, FileFault.reason(e)));
    }
  }

  /// What root makes is root's, and for its owner alone: the server could not read its keys any
  /// more.
  static void requireSameOwner(Path file, UserPrincipal owner, Path fresh, UserPrincipal own)
      throws IOException {
    if (!own.equals(owner)) {
      Files.delete(fresh);
      throw new UnusableSettingException(
          "The key file %s belongs to %s, who could not read one that %s makes. Nothing was changed. Run this as %s: sudo -u %s …"
              .formatted(file, owner, own, owner, owner));
    }
  }

  private static void make(Path file, RandomGenerator random) throws IOException {
    try {
      OwnerOnly.make(file);
    } catch (FileAlreadyExistsException _) {
      // Another process on the same directory was first; its key is the key.
      return;
    }
    try {
      fill(file, List.of(fresh(random)));
      keepName(file);
    } catch (IOException e) {
      // Half a key would be taken for a damaged one at the next start.
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static void fill(Path file, List<InstanceKey> keys) throws IOException {
    var text = keys.stream().map(key -> key.line() + "\n").collect(Collectors.joining());
    Files.writeString(file, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
  }

  /// The name of a new file is durable only when its directory is (fsync(2)): what the database
  /// seals must not outlive the key.
  private static void keepName(Path file) throws IOException {
    try (var directory = FileChannel.open(file.toAbsolutePath().getParent())) {
      directory.force(true);
    }
  }

  private static List<InstanceKey> read(Path file) throws IOException {
    var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    if (!mode.endsWith("------")) {
      throw new UnusableSettingException(
          "Others may read the key file %s (mode %s). Run: chmod 600 %s"
              .formatted(file, mode, file));
    }
    var lines =
        Files.readString(file)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .limit(KEYS_MAX + 1)
            .toList();
    if (lines.isEmpty() || !lines.stream().allMatch(line -> line.matches("[0-9a-f]{64}"))) {
      throw new UnusableSettingException(
          "The key file "
              + file
              + " holds no key: 64 hexadecimal digits are expected. Restore it from your backup.");
    }
    if (lines.size() > KEYS_MAX) {
      throw new UnusableSettingException(
          "The key file %s holds more than %d keys. Run: ./postern key retire"
              .formatted(file, KEYS_MAX));
    }
    return lines.stream().map(line -> new InstanceKey(HexFormat.of().parseHex(line))).toList();
  }
}
