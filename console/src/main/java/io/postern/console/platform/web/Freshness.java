package io.postern.console.platform.web;

import java.time.Duration;
import java.time.InstantSource;

/// How old the last factor may be for what changes destination, trust or secrets, reveals links,
/// deletes, or makes keys (PLAN 4).
public final class Freshness {
  public static final Duration FACTOR_AGE_MAX = Duration.ofMinutes(15);

  private final InstantSource clock;

  public Freshness(InstantSource clock) {
    this.clock = clock;
  }

  public boolean isFresh(Actor actor) {
    return actor.factorAt().plus(FACTOR_AGE_MAX).isAfter(clock.instant());
  }

  /// @throws StepUpNeededException when the factor is too old; nothing may have been done before
  public void require(Actor actor) {
    if (!isFresh(actor)) {
      throw new StepUpNeededException(null);
    }
  }
}
