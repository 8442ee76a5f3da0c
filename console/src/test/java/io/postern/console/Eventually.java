package io.postern.console;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/// How tests wait for what another thread or process does: as long as a machine may need that has
/// much else to do. What takes longer never happens.
public final class Eventually {
  public static final Duration LIMIT = Duration.ofMinutes(5);

  /// Between two looks; most of what is waited for is there by the first.
  private static final Duration EVERY = Duration.ofMillis(10);

  private Eventually() {}

  /// Returns as soon as it is so; fails when it is not within the limit.
  public static void until(Callable<Boolean> isSo) {
    Awaitility.with()
        .pollDelay(Duration.ZERO)
        .pollInterval(EVERY)
        .await()
        .atMost(LIMIT)
        .until(isSo);
  }
}
