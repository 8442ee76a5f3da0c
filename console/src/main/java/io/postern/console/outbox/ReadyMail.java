package io.postern.console.outbox;

import java.time.Instant;
import java.util.Arrays;

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
  private static final String INSERT =
      """
      insert into mail (uid, kind, to_address, subject, message_id, state, priority, tenant_uid, idempotency_key, digest,
        created_at, due_at, expires_at, attempts, unknown_attempts, maybe_duplicate, turn)
      values (?, ?, ?, ?, ?, 'QUEUED', ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, %s)
      on conflict do nothing
      """
          .formatted(Picking.NEXT_TURN_OF_NEW_MAIL);

  /// The statement that enqueues it; changes nothing when there is such a mail already.
  Paired.Statement insertion(Instant now) {
    return new Paired.Statement(
        INSERT,
        Arrays.asList(
            uid,
            mail.kind(),
            mail.to().toString(),
            mail.subject(),
            messageId,
            mail.priority().rank(),
            mail.tenantUid(),
            mail.idempotencyKey(),
            digest,
            now.toEpochMilli(),
            now.toEpochMilli(),
            mail.expiresAt().toEpochMilli(),
            mail.priority().rank(),
            mail.tenantUid() == null ? "" : mail.tenantUid(),
            mail.priority().rank()));
  }

  /// Names the mail only: values are sealed, and long.
  @Override
  public String toString() {
    return "ready mail " + uid;
  }
}
