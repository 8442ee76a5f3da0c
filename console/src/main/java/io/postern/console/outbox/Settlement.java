package io.postern.console.outbox;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How a try of a mail ended, and what follows.
///
/// @param dueAt when it is tried again, where it is
/// @param countsAsAttempt whether the relay judged this mail; a fault of the relay uses no attempt
///   up
record Settlement(
    MailState state,
    Instant at,
    Instant dueAt,
    boolean countsAsAttempt,
    @Nullable String acceptedReply,
    String reason) {

  private static final String UPDATE =
      """
      update mail set state = ?, due_at = ?, attempts = attempts + ?, unknown_attempts = unknown_attempts + ?,
        maybe_duplicate = case when ? = 1 then 1 else maybe_duplicate end, accepted_reply = ?, reason = ?, ended_at = ?,
        turn = case when ? in ('PARKED', 'QUEUED') then turn end, lease_token = null, lease_until = null
      where uid = ? and lease_token = ? and standing = 'LEASED'
      """;

  /// The statement that makes it so, for who holds the lease.
  Paired.Statement of(String mailUid, String token) {
    var unknown = state == MailState.UNKNOWN ? 1 : 0;
    return new Paired.Statement(
        UPDATE,
        Arrays.asList(
            state.name(),
            dueAt.toEpochMilli(),
            countsAsAttempt ? 1 : 0,
            unknown,
            unknown,
            acceptedReply,
            reason,
            state.isEnd() ? at.toEpochMilli() : null,
            state.name(),
            mailUid,
            token));
  }

  /// The relay may have it: again after a quarter of an hour with the same octets, three
  /// times, then a person decides.
  ///
  /// @param happened a sentence
  static Settlement unknown(QueuedMail mail, Instant now, String happened) {
    var again = mail.unknownAttempts() < RetryPlan.UNKNOWN_RETRIES_MAX;
    var due = again ? now.plus(RetryPlan.AFTER_UNKNOWN) : mail.expiresAt();
    var next =
        again
            ? " The relay may have taken it. It is sent again after 15 minutes with the same Message-ID."
            : " Four tries ended without an answer. Ask the relay whether it has the mail, then cancel it or press Retry now.";
    return new Settlement(MailState.UNKNOWN, now, due, true, null, happened + next);
  }
}
