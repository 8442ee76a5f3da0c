package io.postern.console.outbox;

/// How an enqueue with a key ended.
public sealed interface Idempotency {
  /// Of the mail that has the key.
  String uid();

  /// The mail's uid; the first one's when the same request came again.
  record Enqueued(String uid) implements Idempotency {}

  /// The key was used for another content.
  record Conflict(String uid) implements Idempotency {}
}
