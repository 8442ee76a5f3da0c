package io.postern.console.platform;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Refuses new mail while the disk is nearly full (R-703, PLAN 16): what was promised must still
/// fit. Delivery goes on while there is room to note what became of it.
@FunctionalInterface
public interface DiskGuard {
  long FREE_OCTETS_MIN = 512L * 1024 * 1024;
  double FREE_SHARE_MIN = 0.05;

  /// With less free, SQLite can write next to nothing: its log grows by about 4 MB between two
  /// checkpoints (sqlite.org/wal.html), and a mail notes its state in it several times.
  long WRITABLE_OCTETS_MIN = 1024 * 1024;

  /// @return a sentence for the operator that names the directory, null when there is room
  @Nullable String refusal();

  /// Watches the file system of the data directory.
  static DiskGuard of(Path directory) {
    // Found once: that reads the table of all mounts, and asking it is done for each mail.
    var found = new AtomicReference<@Nullable FileStore>();
    return () -> {
      try {
        var store = found.get();
        if (store == null) {
          store = Files.getFileStore(directory);
          found.set(store);
        }
        return judge(directory, store.getUsableSpace(), store.getTotalSpace());
      } catch (IOException e) {
        return "The free space of the disk of the data directory %s cannot be read (%s), so no new mail is taken."
            .formatted(directory, e.getMessage());
      }
    };
  }

  /// @param free octets that this user may still write
  /// @param total octets
  static @Nullable String judge(Path directory, long free, long total) {
    var needed = Math.min(FREE_OCTETS_MIN, (long) (total * FREE_SHARE_MIN));
    if (free >= needed) {
      return null;
    }
    return free < WRITABLE_OCTETS_MIN
        ? "The disk of the data directory %s is full. No new mail is taken, and what is entered may not be saved; mail that waits is kept, and goes out when there is room. Make room on this disk; Postern then goes on by itself."
            .formatted(directory)
        : "The disk of the data directory %s is nearly full: %d MiB are free, %d MiB are needed. No new mail is taken until there is room; mail that waits still goes out. Make room on this disk; Postern then goes on by itself."
            .formatted(directory, free >> 20, needed >> 20);
  }
}
