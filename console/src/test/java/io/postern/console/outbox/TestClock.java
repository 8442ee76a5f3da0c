package io.postern.console.outbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// Time that passes when the test says so.
final class TestClock implements InstantSource {
  static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

  @Override
  public Instant instant() {
    return now.get();
  }

  void pass(Duration time) {
    now.updateAndGet(at -> at.plus(time));
  }

  /// Monotonic nanoseconds of the same time.
  long ticks() {
    return Duration.between(NOON, now.get()).toNanos();
  }
}
