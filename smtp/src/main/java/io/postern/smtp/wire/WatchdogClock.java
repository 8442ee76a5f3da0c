package io.postern.smtp.wire;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Beats for all watchdogs while there are any. Each mail is watched for some microseconds: a timer
/// of its own, set and taken back, woke two threads for each and cost more than the write.
final class WatchdogClock {
  static final Duration BEAT = Duration.ofMillis(100);
  static final WatchdogClock THE_ONE = new WatchdogClock();

  /// So many beats without anybody to watch end the thread.
  private static final int IDLE_BEATS_MAX = 20;

  private final Set<Watchdog> watching = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean beating = new AtomicBoolean();

  void add(Watchdog watchdog) {
    watching.add(watchdog);
    begin();
  }

  void remove(Watchdog watchdog) {
    watching.remove(watchdog);
  }

  private void begin() {
    if (!beating.get() && beating.compareAndSet(false, true)) {
      Thread.ofPlatform().name("watchdog-clock").daemon(true).start(this::run);
    }
  }

  private void run() {
    for (var idle = 0; idle < IDLE_BEATS_MAX; idle = watching.isEmpty() ? idle + 1 : 0) {
      pause();
      watching.forEach(Watchdog::beat);
    }
    beating.set(false);
    // Somebody may have come in the moment before.
    if (!watching.isEmpty()) {
      begin();
    }
  }

  private static void pause() {
    try {
      new CountDownLatch(1).await(BEAT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      // Nobody knows this thread; if somebody interrupts it, a beat is short.
    }
  }
}
