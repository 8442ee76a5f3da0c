package io.postern.smtp.session;

import java.io.IOException;

/// The egress gate forbids this destination. The message names the rule and how to change it.
public final class EgressDeniedException extends IOException {
  private static final long serialVersionUID = 1L;

  public EgressDeniedException(String sentence) {
    super(sentence);
  }
}
