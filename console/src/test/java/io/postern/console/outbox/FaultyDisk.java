package io.postern.console.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/// Gives `lab/disk.c` its orders: the two share a file of 64 octets.
final class FaultyDisk {
  /// What can go wrong, as the numbers of `lab/disk.c` say it.
  enum Order {
    NOTHING(0),
    CUT(1),
    WRITE_FAILS(2),
    FLUSH_FAILS(3),
    FOLD_FAILS(4),
    SLOW_FLUSH(5);

    private final int number;

    Order(int number) {
      this.number = number;
    }
  }

  static final int EIO = 5;
  static final int ENOSPC = 28;
  private static final int OCTETS = 64;

  private final Path library;
  private final Path files;
  private final Path control;
  private final ByteBuffer shared;

  /// @param library the shim, built
  /// @param files beginning of the paths that it is about
  FaultyDisk(Path library, Path files, Path control) throws IOException {
    this.library = library;
    this.files = files;
    this.control = control;
    Files.write(control, new byte[OCTETS]);
    // PostgreSQL runs as another user.
    Files.setPosixFilePermissions(control, PosixFilePermissions.fromString("rw-rw-rw-"));
    try (var channel =
        FileChannel.open(control, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, OCTETS);
      this.shared = map.order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /// What a process needs to stand on this disk.
  ///
  /// @param shadows whether what is not flushed can be lost; only for a program that is one process
  Map<String, String> environment(boolean shadows) {
    var always =
        Map.of(
            "LD_PRELOAD",
            library.toString(),
            "DISK_FILES",
            files.toString(),
            "DISK_CONTROL",
            control.toString());
    if (!shadows) {
      return always;
    }
    var all = new HashMap<>(always);
    all.put("DISK_SHADOWS", "1");
    return all;
  }

  /// @param after so many writes or flushes go well before it
  /// @param times so many fail
  /// @param number errno of what fails; milliseconds of a slow flush
  void order(Order order, int after, int times, int number, long seed) {
    shared.putInt(0, Order.NOTHING.number);
    shared.putInt(4, after);
    shared.putInt(8, times);
    shared.putInt(12, number);
    shared.putLong(16, seed);
    shared.putInt(32, 0);
    shared.putInt(0, order.number);
  }

  int writes() {
    return shared.getInt(24);
  }

  int flushes() {
    return shared.getInt(28);
  }

  /// Faults made since the last order.
  int done() {
    return shared.getInt(32);
  }

  /// The disk and the files agree again: a look from outside changed them.
  void settle() throws IOException {
    order(Order.NOTHING, 0, 0, 0, 1);
    for (var suffix : new String[] {"", "-wal", "-journal"}) {
      Files.deleteIfExists(Path.of(files + suffix + ".disk"));
    }
  }
}
