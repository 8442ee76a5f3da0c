package io.postern.console.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The data directory: made with mode 0700, and held by one server at a time.
public final class DataDirectory implements AutoCloseable {
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /// Makes the directory when it is missing.
  ///
  /// @throws UnusableSettingException when it cannot be written
  public static void prepare(Path directory) {
    try {
      if (!Files.exists(directory)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      throw new UnusableSettingException(
          "The data directory " + directory + " cannot be made: " + e.getMessage());
    }
    if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
      throw new UnusableSettingException(
          "The data directory "
              + directory
              + " cannot be written. Give this user write access, or name another with --data-dir.");
    }
  }

  /// Takes the directory for this server.
  ///
  /// @throws UnusableSettingException when another server holds it
  public static DataDirectory hold(Path directory) {
    prepare(directory);
    try {
      var channel =
          FileChannel.open(
              directory.resolve("serve.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new UnusableSettingException(
            "Another Postern serves from "
                + directory
                + ". Stop it, or name another directory with --data-dir.");
      }
      return new DataDirectory(channel, lock);
    } catch (IOException e) {
      throw new UnusableSettingException(
          "The data directory " + directory + " cannot be locked: " + e.getMessage());
    }
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
