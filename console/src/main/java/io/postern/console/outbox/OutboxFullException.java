package io.postern.console.outbox;

/// No new mail can be promised now. The message says why and what to do; nothing of the business
/// change is kept either.
public final class OutboxFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OutboxFullException(String sentence) {
    super(sentence);
  }
}
