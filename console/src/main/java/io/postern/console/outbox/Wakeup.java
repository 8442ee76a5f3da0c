package io.postern.console.outbox;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets workers wait until there is something to do. A call wakes every worker, also one that is
/// just about to wait: each compares how often anybody called with what it saw before it looked for
/// work.
final class Wakeup {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long calls;

  void wake() {
    lock.lock();
    try {
      calls++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// How often anybody has called so far; to be asked before looking for work.
  long calls() {
    lock.lock();
    try {
      return calls;
    } finally {
      lock.unlock();
    }
  }

  /// Returns when somebody has called since, at the latest after the time given.
  ///
  /// @param seen what [#calls()] said before the caller looked for work
  void await(long seen, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      var left = atMost.toNanos();
      while (calls == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
