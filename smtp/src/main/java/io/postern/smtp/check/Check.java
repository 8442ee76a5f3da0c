package io.postern.smtp.check;

import io.postern.smtp.diagnosis.Verdict;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.Watch;

/// Checks a configuration by doing what a delivery does, watched.
public final class Check {
  private final Network network;

  public Check(Network network) {
    this.network = network;
  }

  /// Climbs the ladder on the calling thread. Interrupting the (virtual) thread cancels within a
  /// second; the verdict then covers the rungs reached, the interrupt flag stays set.
  public Verdict run(Draft draft, Watch watch) {
    throw new UnsupportedOperationException(draft.toString() + watch + network);
  }
}
