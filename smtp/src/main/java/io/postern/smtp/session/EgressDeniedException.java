package io.postern.smtp.session;

import io.postern.smtp.diagnosis.Finding;
import java.io.IOException;

/// The egress gate forbids this destination. The message names the rule.
public final class EgressDeniedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean forGood;

  /// @param forGood whether no rule of the instance could open it
  public EgressDeniedException(String sentence, boolean forGood) {
    super(sentence);
    this.forGood = forGood;
  }

  public boolean isForGood() {
    return forGood;
  }

  Finding.EgressDenied finding() {
    return new Finding.EgressDenied(String.valueOf(getMessage()), forGood);
  }
}
