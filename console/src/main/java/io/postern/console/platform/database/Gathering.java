package io.postern.console.platform.database;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;

/// Who shares the next flush: all who wait, and those who are about to. Callers that were answered
/// together come back together, if at all; the first of them would otherwise have a flush for
/// himself and keep the others waiting for it.
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

  Gathering(BlockingQueue<U> waiting) {
    this(waiting, () -> LockSupport.parkNanos(PAUSE_NANOS));
  }

  Gathering(BlockingQueue<U> waiting, Runnable pause) {
    this.waiting = waiting;
    this.pause = pause;
  }

  /// Waits for the first, and then for as many as the last time, as long as each pause brings some.
  void into(List<U> group) throws InterruptedException {
    group.add(waiting.take());
    var came = 1 + waiting.drainTo(group, MOST - 1);
    while (came > 0 && last > FEW && group.size() < last) {
      pause.run();
      came = waiting.drainTo(group, MOST - group.size());
    }
    last = group.size();
  }
}
