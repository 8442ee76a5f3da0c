package io.postern.console.platform;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/// Files and directories that only their owner may open: mode 0600 and 0700.
public final class OwnerOnly {
  static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("------rwx");

  private OwnerOnly() {}

  /// Makes an empty file.
  ///
  /// @throws FileAlreadyExistsException when it is there
  public static void make(Path file) throws IOException {
    Files.createFile(file, FILE);
  }

  /// Makes the file when it is missing. One that is there is closed to those who are neither its
  /// owner nor of its group, such as a backup that was put back; the group stays as somebody chose
  /// it.
  ///
  /// @param what the word for the file, such as `database`
  /// @throws UnusableSettingException when it cannot be made, or is open to others and belongs to
  ///   another user
  public static void ensure(String what, Path file) {
    try {
      make(file);
    } catch (FileAlreadyExistsException _) {
      close(what, file);
    } catch (IOException e) {
      throw new UnusableSettingException(
          "The %s %s cannot be made (%s). Give this user write access to its directory, and the disk some room."
              .formatted(what, file, FileFault.reason(e)));
    }
  }

  /// Closes a file to those who are neither its owner nor of its group.
  ///
  /// @throws UnusableSettingException when it is open to them and belongs to another user
  public static void close(String what, Path file) {
    try {
      var modes = Files.getPosixFilePermissions(file);
      var kept = new HashSet<>(modes);
      kept.removeAll(OTHERS);
      if (!kept.equals(modes)) {
        Files.setPosixFilePermissions(file, kept);
      }
    } catch (IOException e) {
      throw new UnusableSettingException(
          "Others may open the %s %s, and this user cannot change that (%s). Run: chmod 600 %s"
              .formatted(what, file, FileFault.reason(e), file));
    }
  }
}
