package io.postern.console.outbox;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// When a passing failure is tried again: 30 s, 1, 2, 5, 10, 20, 30 min, then every hour,
/// each with 20 % of chance to either side.
final class RetryPlan {
  static final Duration AFTER_UNKNOWN = Duration.ofMinutes(15);

  /// No wait of the plan is longer.
  static final Duration WAIT_MAX = Duration.ofMinutes(72);

  /// A bug does not go away by itself; the others must not wait for it.
  static final Duration AFTER_FAULT = Duration.ofMinutes(15);

  static final int UNKNOWN_RETRIES_MAX = 3;

  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(20),
          Duration.ofMinutes(30),
          Duration.ofMinutes(60));
  private static final double JITTER = 0.2;

  private RetryPlan() {}

  /// @param attempts tries so far, at least 1
  static Duration waitAfter(int attempts, RandomGenerator random) {
    var wait = WAITS.get(Math.min(attempts, WAITS.size()) - 1);
    return Duration.ofMillis(
        Math.round(wait.toMillis() * (1 + JITTER * (2 * random.nextDouble() - 1))));
  }
}
