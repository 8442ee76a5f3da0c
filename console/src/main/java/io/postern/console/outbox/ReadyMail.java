package io.postern.console.outbox;

/// A mail with all that can be done for it outside a transaction: named, sealed and summed up. On
/// SQLite one thread writes for everybody, so what is done before it takes over is done by all
/// processors.
///
/// @param values sealed, bound to the uid
/// @param digest of the content
/// @param messageId 128 random bits; the right side is added when the mail is rendered, from the
///   sender's domain
@SuppressWarnings("ArrayRecordComponent")
public record ReadyMail(NewMail mail, String uid, byte[] values, String digest, String messageId) {
  /// Names the mail only: values are sealed, and long.
  @Override
  public String toString() {
    return "ready mail " + uid;
  }
}
