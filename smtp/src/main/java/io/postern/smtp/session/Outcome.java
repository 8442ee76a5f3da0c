package io.postern.smtp.session;

import io.postern.smtp.Reply;

/// What became of one message in one attempt.
public sealed interface Outcome {
  /// The relay took the message over with its 250 (RFC 5321 section 6.1).
  record Accepted(Reply reply) implements Outcome {}

  /// The relay did not take it, for certain: nothing was sent after the final dot, or a refusal
  /// came.
  record Refused(Failure failure) implements Outcome {}

  /// The final dot was sent and no reply is known: it may have been taken.
  record Unknown(Failure failure) implements Outcome {}
}
