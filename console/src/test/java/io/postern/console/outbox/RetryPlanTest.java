package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// the schedule, to the second.
final class RetryPlanTest {
  @Test
  void R732_waits_grow_from_half_a_minute_to_an_hour_and_stay_there() {
    assertThat(IntStream.rangeClosed(1, 10).mapToObj(n -> RetryPlan.waitAfter(n, always(0.5))))
        .containsExactly(
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofMinutes(30),
            Duration.ofMinutes(60),
            Duration.ofMinutes(60),
            Duration.ofMinutes(60));
  }

  @Test
  void R732_chance_moves_a_wait_by_a_fifth_to_either_side() {
    assertThat(RetryPlan.waitAfter(2, always(0))).isEqualTo(Duration.ofSeconds(48));
    assertThat(RetryPlan.waitAfter(2, always(1))).isEqualTo(Duration.ofSeconds(72));
    var random = new Random(1);
    assertThat(IntStream.range(0, 1000).mapToObj(_ -> RetryPlan.waitAfter(8, random)))
        .allMatch(wait -> wait.compareTo(Duration.ofMinutes(48)) >= 0)
        .allMatch(wait -> wait.compareTo(Duration.ofMinutes(72)) <= 0);
  }

  private static RandomGenerator always(double value) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return 0;
      }

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }
}
