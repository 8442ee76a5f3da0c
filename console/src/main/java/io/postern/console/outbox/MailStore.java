package io.postern.console.outbox;

import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.database.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The statements of the outbox. Every change of state is one conditional update, of
/// a leased mail on its lease, of any other on its state: zero rows mean that somebody else was
/// first.
final class MailStore {
  /// Whoever has a turn is picked whatever its time; the others are found by the index of what
  /// becomes due, so that a long queue costs nothing.
  static final String MEND_PLAN =
      """
      update mail set due_at = case state when 'UNKNOWN' then ? else ? end
      where priority = ? and turn is null and standing in ('QUEUED', 'RETRY_WAIT', 'UNKNOWN') and due_at > ?
        and (state = 'QUEUED' or (state = 'RETRY_WAIT' and due_at > ?) or (state = 'UNKNOWN' and due_at > ? and due_at < expires_at))
      """;

  /// Of a dead worker: found among what is leased, not among all that ever was sent.
  static final String TAKE_BACK =
      """
      update mail set state = 'RETRY_WAIT', due_at = ?, lease_token = null, lease_until = null
      where standing = 'LEASED' and state = 'LEASED' and lease_token = ? and lease_until < ?
      """;

  static final String ABANDONED =
      "select uid from mail where standing = 'LEASED' and state = 'COMMITTING' and lease_token = ? and lease_until < ?";

  private final MailRow rows;
  private final LetterStore letters = new LetterStore();
  private final Paired paired;
  private final String skipLocked;
  private final Picking picking;

  MailStore(MailRow rows, Dialect dialect) {
    this.rows = rows;
    this.paired = new Paired(dialect);
    this.skipLocked =
        switch (dialect) {
          // One writer: nothing is ever locked.
          case SQLITE -> "";
          case POSTGRESQL -> " for update skip locked";
        };
    this.picking = new Picking(rows, dialect, skipLocked);
  }

  /// Takes up to `limit` due mails, in the order in which they are to be sent.
  ///
  /// @param passedOver tenants whose mails stay, security letters excepted
  List<QueuedMail> lease(
      Transaction transaction, Instant now, String token, Set<String> passedOver, int limit) {
    return picking.lease(transaction, now, token, passedOver, limit);
  }

  /// Takes the parked mail that was tried the longest ago, to see whether the relay works again.
  List<QueuedMail> leaseParked(Transaction transaction, Instant now, String token) {
    return transaction
        .jdbc()
        .sql(
            """
            update mail set waited_as = state, state = 'LEASED', lease_token = ?, lease_until = ?
            where uid in (select uid from mail where standing = 'PARKED' and expires_at > ? order by due_at limit 1%s)
            returning %s
            """
                .formatted(skipLocked, MailRow.COLUMNS))
        .params(token, now.plus(LeaseKeeper.LENGTH).toEpochMilli(), now.toEpochMilli())
        .query((row, _) -> rows.read(row))
        .list();
  }

  boolean renew(Transaction transaction, String token, Instant until) {
    return transaction
            .jdbc()
            .sql("update mail set lease_until = ? where lease_token = ? and standing = 'LEASED'")
            .params(until.toEpochMilli(), token)
            .update()
        > 0;
  }

  /// The point of no return is near: state and octets are on disk before the final dot.
  ///
  /// @param content sealed; absent when an earlier try has frozen it
  boolean committing(Transaction transaction, String uid, String token, byte @Nullable [] content) {
    var change =
        new Paired.Statement(
            "update mail set state = 'COMMITTING' where uid = ? and lease_token = ? and state = 'LEASED'",
            List.of(uid, token));
    return content == null
        ? change.run(transaction) == 1
        : paired.run(transaction, uid, change, LetterStore.octets(content));
  }

  boolean isCommitting(Transaction transaction, String uid, String token) {
    return transaction
            .jdbc()
            .sql(
                "select count(*) from mail where uid = ? and lease_token = ? and state = 'COMMITTING'")
            .params(uid, token)
            .query(Integer.class)
            .single()
        == 1;
  }

  /// The octets that an earlier try has frozen, null when none has.
  ///
  /// @throws UnreadableLetterException when they were changed, or the key is another one
  byte @Nullable [] content(Transaction transaction, String uid) {
    var sealed = letters.frozen(transaction, uid);
    return sealed == null ? null : rows.openContent(uid, sealed);
  }

  /// Ends a try and gives the lease back. Whoever waits for nothing but the relay keeps its turn.
  boolean settle(Transaction transaction, QueuedMail mail, String token, Settlement settlement) {
    return settlement.of(mail.uid(), token).run(transaction) == 1;
  }

  /// As [#settle], and keeps the try; neither when the lease was lost.
  boolean settle(Transaction transaction, QueuedMail mail, String token, Settled settled) {
    return paired.run(
        transaction,
        mail.uid(),
        settled.settlement().of(mail.uid(), token),
        AttemptStore.row(mail.uid(), settled.entry()));
  }

  /// How a try ended, with its ladder.
  record Settled(Settlement settlement, AttemptStore.Entry entry) {}

  /// A mail that was leased and not tried waits again as it did before.
  boolean giveBack(Transaction transaction, String uid, String token) {
    return transaction
            .jdbc()
            .sql(
                "update mail set state = waited_as, lease_token = null, lease_until = null where uid = ? and lease_token = ? and state = 'LEASED'")
            .params(uid, token)
            .update()
        == 1;
  }

  /// Leases that ran out. Each names one batch of one worker.
  List<String> overdue(Transaction transaction, Instant now) {
    return transaction
        .jdbc()
        .sql("select distinct lease_token from mail where standing = 'LEASED' and lease_until < ?")
        .param(now.toEpochMilli())
        .query((row, _) -> row.getString(1))
        .list();
  }

  /// Mails of a dead worker that it had not begun to send, or not up to the final dot: nothing was
  /// sent.
  int takeBack(Transaction transaction, String token, Instant now) {
    return transaction
        .jdbc()
        .sql(TAKE_BACK)
        .params(now.toEpochMilli(), token, now.toEpochMilli())
        .update();
  }

  /// Mails whose worker died between COMMITTING and the answer of the relay.
  List<QueuedMail> abandoned(Transaction transaction, String token, Instant now) {
    var uids =
        transaction
            .jdbc()
            .sql(ABANDONED + skipLocked)
            .params(token, now.toEpochMilli())
            .query((row, _) -> row.getString(1))
            .list();
    return rows.find(transaction, uids);
  }

  /// Retries that lie further ahead than any plan puts them: the clock was set back. A mail
  /// of unknown outcome waits its quarter of an hour from now; the one that waits for a person
  /// keeps its end as its time. What was sent on by hand is due now.
  int mendPlan(Transaction transaction, Instant now) {
    var atOnce = now.toEpochMilli();
    var afterUnknown = now.plus(RetryPlan.AFTER_UNKNOWN).toEpochMilli();
    var mended = 0;
    for (var priority : Priority.values()) {
      mended +=
          transaction
              .jdbc()
              .sql(MEND_PLAN)
              .param(afterUnknown)
              .param(atOnce)
              .param(priority.rank())
              .param(atOnce)
              .param(now.plus(RetryPlan.WAIT_MAX).toEpochMilli())
              .param(afterUnknown)
              .update();
    }
    return mended;
  }

  /// A mail whose outcome was once unknown may have arrived, whatever state it is in since.
  int expire(Transaction transaction, Instant now) {
    return transaction
        .jdbc()
        .sql(
            """
            update mail set state = 'EXPIRED', ended_at = ?, turn = null, reason = case when maybe_duplicate = 1
              then 'Its time is over. The relay may have taken it; no answer ever came. Send a new one if it did not arrive.'
              else 'Its time was over before the relay took it. Send a new one.' end
            where standing in ('QUEUED', 'RETRY_WAIT', 'UNKNOWN', 'PARKED') and expires_at <= ?
            """)
        .params(now.toEpochMilli(), now.toEpochMilli())
        .update();
  }

  /// Parked mail goes back to its place in the queue.
  int release(Transaction transaction, Instant now) {
    return transaction
        .jdbc()
        .sql("update mail set state = 'QUEUED', due_at = ? where standing = 'PARKED'")
        .param(now.toEpochMilli())
        .update();
  }

  MailRow rows() {
    return rows;
  }

  /// @param mail an insertion
  /// @param sealedValues what the letter is made of
  /// @return false when there is such a mail already
  boolean insert(Transaction transaction, String uid, Paired.Statement mail, byte[] sealedValues) {
    return paired.run(transaction, uid, mail, LetterStore.values(sealedValues));
  }
}
