package io.postern.console.outbox;

/// Who goes first: security letters overtake everything.
public enum Priority {
  SECURITY,
  NORMAL,
  BULK
}
