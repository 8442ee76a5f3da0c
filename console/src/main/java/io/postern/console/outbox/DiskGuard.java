package io.postern.console.outbox;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Refuses new mail while the disk is nearly full (R-703, PLAN 16): what was promised must still
/// fit. Delivery goes on.
interface DiskGuard {
  long FREE_OCTETS_MIN = 512L * 1024 * 1024;
  double FREE_SHARE_MIN = 0.05;

  /// @return a sentence for the operator, null when there is room
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
        return judge(store.getUsableSpace(), store.getTotalSpace());
      } catch (IOException e) {
        return "The free space of the disk cannot be read: " + e.getMessage();
      }
    };
  }

  static @Nullable String judge(long free, long total) {
    var needed = Math.min(FREE_OCTETS_MIN, (long) (total * FREE_SHARE_MIN));
    return free >= needed
        ? null
        : "The disk is nearly full: %d MiB are free, %d MiB are needed. No new mail is taken until there is room; waiting mail still goes out."
            .formatted(free >> 20, needed >> 20);
  }
}
