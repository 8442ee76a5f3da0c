package io.postern.smtp.wire;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/// The moment until which a stage may take, on monotonic time.
public final class Deadline {
  private final LongSupplier ticks;
  private final long start;
  private final long length;

  private Deadline(LongSupplier ticks, Duration length) {
    this.ticks = ticks;
    this.start = ticks.getAsLong();
    this.length = length.toNanos();
  }

  public static Deadline after(Duration length, LongSupplier ticks) {
    return new Deadline(ticks, length);
  }

  /// Milliseconds that are left, at least 1.
  ///
  /// @throws SocketTimeoutException when none is left
  public int millisLeft() throws SocketTimeoutException {
    var left = length - (ticks.getAsLong() - start);
    if (left <= 0) {
      throw new SocketTimeoutException("the time for this step is over");
    }
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, left / 1_000_000));
  }

  /// What is left, zero when none is.
  public Duration left() {
    var left = length - (ticks.getAsLong() - start);
    return Duration.ofNanos(Math.max(0, left));
  }

  public Duration waited() {
    return Duration.ofNanos(ticks.getAsLong() - start);
  }
}
