package io.postern.console.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The data directory: made with mode 0700, closed to everybody else, and held by one server at a
/// time.
public final class DataDirectory implements AutoCloseable {
  private static final String LOCK = "serve.lock";

  private final FileChannel channel;
  private final FileLock lock;

  private final String remark;

  private DataDirectory(FileChannel channel, FileLock lock, String remark) {
    this.channel = channel;
    this.lock = lock;
    this.remark = remark;
  }

  /// Makes the directory when it is missing, and takes from everybody the right to write in it: who
  /// may, may put another key or database in the place of ours.
  ///
  /// @return what was changed, for the operator; empty when nothing was
  /// @throws UnusableSettingException when it cannot be written, or is everybody's
  private static String prepare(Path directory) {
    try {
      if (!Files.exists(directory)) {
        Files.createDirectories(
            directory, PosixFilePermissions.asFileAttribute(OwnerOnly.DIRECTORY));
      }
    } catch (IOException e) {
      throw new UnusableSettingException(
          "The data directory %s cannot be made: %s. Name another with --data-dir."
              .formatted(directory, reason(e)));
    }
    if (!Files.isDirectory(directory)) {
      throw new UnusableSettingException(
          "The data directory %s is a file. Name a directory with --data-dir."
              .formatted(directory));
    }
    if (!Files.isWritable(directory)) {
      throw new UnusableSettingException(
          "The data directory "
              + directory
              + " cannot be written. Give this user write access, or name another with --data-dir.");
    }
    return closed(directory);
  }

  /// The messages of these exceptions are mostly the path alone.
  private static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "this user may not write in its parent directory";
      case FileAlreadyExistsException e -> "%s is a file".formatted(e.getFile());
      case NoSuchFileException _ -> "its file system takes no directories there";
      case FileSystemException e when e.getReason() != null -> String.valueOf(e.getReason());
      default -> String.valueOf(failure.getMessage());
    };
  }

  private static String closed(Path directory) {
    try {
      var modes = Files.getPosixFilePermissions(directory);
      if (!modes.contains(PosixFilePermission.OTHERS_WRITE)) {
        return "";
      }
      if (isOurs(directory)) {
        Files.setPosixFilePermissions(directory, OwnerOnly.DIRECTORY);
      }
      if (Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE)) {
        throw everybodys(directory);
      }
      return "Everybody could write the data directory %s (mode %s). Now only this user may (mode 0700)."
          .formatted(directory, PosixFilePermissions.toString(modes));
    } catch (IOException _) {
      // It belongs to another user.
      throw everybodys(directory);
    }
  }

  /// Whether nothing in it is anybody else's: a directory such as `/tmp` must stay as it is.
  private static boolean isOurs(Path directory) throws IOException {
    if (Files.exists(directory.resolve(LOCK))) {
      return true;
    }
    try (var entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  private static UnusableSettingException everybodys(Path directory) {
    return new UnusableSettingException(
        "Everybody may write the data directory %s. Run: chmod 700 %s - or name one inside it, which Postern makes for this user alone: --data-dir %s"
            .formatted(directory, directory, directory.resolve("postern")));
  }

  /// Takes the directory for this server.
  ///
  /// @throws UnusableSettingException when another server holds it, it cannot be written, or it is
  ///   everybody's and not ours to close
  public static DataDirectory hold(Path directory) {
    var remark = prepare(directory);
    try {
      OwnerOnly.ensure("lock file", directory.resolve(LOCK));
      var channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
      var lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new UnusableSettingException(
            "Another Postern serves from "
                + directory
                + ". Stop it, or name another directory with --data-dir.");
      }
      return new DataDirectory(channel, lock, remark);
    } catch (IOException e) {
      throw new UnusableSettingException(
          "The data directory %s cannot be locked: %s.".formatted(directory, FileFault.reason(e)));
    }
  }

  /// What was changed about it, for the operator; empty when nothing was.
  public String remark() {
    return remark;
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException _) {
      // The operating system frees the lock when the process ends, which it is about to.
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // Held by this very process, in a test.
      return null;
    }
  }
}
