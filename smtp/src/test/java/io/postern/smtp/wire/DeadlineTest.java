package io.postern.smtp.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// The moment until which a stage may take.
class DeadlineTest {
  private final AtomicLong ticks = new AtomicLong(Long.MAX_VALUE - 5_000_000);
  private final Deadline deadline = Deadline.after(Duration.ofMillis(10), ticks::get);

  @Test
  void what_is_left_is_counted_in_whole_milliseconds() throws SocketTimeoutException {
    assertEquals(10, deadline.millisLeft());
    ticks.addAndGet(9_900_000);
    assertEquals(1, deadline.millisLeft());
    assertEquals(Duration.ofNanos(100_000), deadline.left());
    assertEquals(Duration.ofNanos(9_900_000), deadline.waited());
  }

  @Test
  void when_it_has_passed_nothing_is_left() {
    ticks.addAndGet(10_000_000);
    assertThrows(SocketTimeoutException.class, deadline::millisLeft);
    assertEquals(Duration.ZERO, deadline.left());
  }
}
