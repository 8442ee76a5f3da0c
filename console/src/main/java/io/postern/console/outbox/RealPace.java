package io.postern.console.outbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Time as it is.
final class RealPace implements Pace {
  @Override
  public void rest(Duration time) throws InterruptedException {
    passes(time, new CountDownLatch(1));
  }

  @Override
  public Repetition every(Duration time, Runnable action) {
    var done = new CountDownLatch(1);
    Thread.ofVirtual()
        .name("every-" + time.toSeconds() + "s")
        .start(() -> repeat(time, action, done));
    return done::countDown;
  }

  private static void repeat(Duration time, Runnable action, CountDownLatch done) {
    try {
      while (passes(time, done)) {
        action.run();
      }
    } catch (InterruptedException _) {
      // Nobody interrupts this thread; if it ever happens the repetition simply ends.
      Thread.currentThread().interrupt();
    }
  }

  /// @return whether the time passed before the end came
  private static boolean passes(Duration time, CountDownLatch done) throws InterruptedException {
    return !done.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
