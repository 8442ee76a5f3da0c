package io.postern.console.outbox;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets the worker wait until there is something to do.
final class Wakeup {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean awake;

  void wake() {
    lock.lock();
    try {
      awake = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Returns when woken, at the latest after the time given.
  void await(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      var left = atMost.toNanos();
      while (!awake && left > 0) {
        left = changed.awaitNanos(left);
      }
      awake = false;
    } finally {
      lock.unlock();
    }
  }
}
