package io.postern.console.platform.database;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Who shares the next flush: all who wait, and those who are about to. Callers that were answered
/// together come back together, if at all; the first of them would otherwise have a flush for
/// himself and keep the others waiting for it. While one of them is served, the next ones come.
///
/// @param <U> a unit of work
final class Gathering<U> {
  static final int MOST = 256;

  /// A lone caller shares many a flush with the outbox that he wakes; for so few nobody waits.
  static final int FEW = 4;

  /// About what a flush of a fast disk takes.
  private static final long PAUSE_NANOS = 200_000;

  private final BlockingQueue<U> waiting;
  private final Runnable pause;
  private int last;
  private int size;

  Gathering(BlockingQueue<U> waiting) {
    this(waiting, () -> LockSupport.parkNanos(PAUSE_NANOS));
  }

  Gathering(BlockingQueue<U> waiting, Runnable pause) {
    this.waiting = waiting;
    this.pause = pause;
  }

  /// Waits for the first of a group.
  U first() throws InterruptedException {
    var unit = waiting.take();
    size = 1;
    return unit;
  }

  /// The next one: who waits already; or else, while fewer came than the last time, who comes
  /// within a pause.
  ///
  /// @return null when the group is complete
  @Nullable U next() {
    var unit = size < MOST ? waiting.poll() : null;
    if (unit == null && last > FEW && size < last) {
      pause.run();
      unit = waiting.poll();
    }
    if (unit == null) {
      last = size;
    } else {
      size++;
    }
    return unit;
  }
}
