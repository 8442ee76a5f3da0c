package io.postern.console.outbox;

import java.time.Duration;

/// Whoever waits moves the clock of the test instead; nothing happens beside the caller: what is
/// begun is done when he waits for its end, which is as late as can be.
record TestPace(TestClock clock) implements Pace {
  @Override
  public void rest(Duration time) {
    clock.pass(time);
  }

  @Override
  public Repetition every(Duration time, Runnable action) {
    return () -> {};
  }

  @Override
  public Begun begin(Runnable action) {
    return action::run;
  }
}
