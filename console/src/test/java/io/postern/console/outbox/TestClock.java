package io.postern.console.outbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// Time that passes when the test says so; on top of another clock where processes share it.
final class TestClock implements InstantSource {
  static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final InstantSource base;
  private final Instant start;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  TestClock() {
    this(InstantSource.fixed(NOON));
  }

  TestClock(InstantSource base) {
    this.base = base;
    this.start = base.instant();
  }

  @Override
  public Instant instant() {
    return base.instant().plus(ahead.get());
  }

  void pass(Duration time) {
    ahead.updateAndGet(by -> by.plus(time));
  }

  /// Monotonic nanoseconds of the same time.
  long ticks() {
    return Duration.between(start, instant()).toNanos();
  }
}
