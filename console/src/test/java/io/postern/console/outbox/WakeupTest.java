package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WakeupTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final Wakeup wakeup = new Wakeup();

  @Test
  void one_call_wakes_every_worker() throws Exception {
    var awake = new CountDownLatch(2);
    var seen = wakeup.calls();
    for (var i = 0; i < 2; i++) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              wakeup.await(seen, LONG);
              awake.countDown();
            } catch (InterruptedException _) {
              Thread.currentThread().interrupt();
            }
          });
    }

    wakeup.wake();

    assertThat(awake.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_call_before_the_wait_is_not_missed() throws Exception {
    var seen = wakeup.calls();
    wakeup.wake();

    wakeup.await(seen, LONG);

    assertThat(wakeup.calls()).isEqualTo(seen + 1);
  }

  @Test
  void nobody_calls_and_the_wait_ends() throws Exception {
    wakeup.await(wakeup.calls(), Duration.ofMillis(1));

    assertThat(wakeup.calls()).isZero();
  }
}
