package io.postern.console.outbox;

import java.time.Duration;

/// How time passes for whoever waits: in reality, or in a simulation that has no time to lose.
interface Pace {
  /// Waits.
  void rest(Duration time) throws InterruptedException;

  /// Does something again and again beside the caller, first after this time, until it is stopped.
  ///
  /// @param action throws nothing
  Repetition every(Duration time, Runnable action);

  /// What goes on until it is closed.
  interface Repetition extends AutoCloseable {
    @Override
    void close();
  }
}
