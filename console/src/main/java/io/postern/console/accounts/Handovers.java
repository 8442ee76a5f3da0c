package io.postern.console.accounts;

import io.postern.console.outbox.MailState;
import io.postern.console.outbox.Outbox;
import io.postern.console.platform.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// How activation and reset links reach their owners: by which letter, and who was shown them.
final class Handovers {
  private final Accounts accounts;
  private final Outbox outbox;
  private final InstantSource clock;

  Handovers(Accounts accounts, Outbox outbox, InstantSource clock) {
    this.accounts = accounts;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// The link that sets the password of an account.
  ///
  /// @return null when none lives
  @Nullable LinkState living(Transaction tx, Account account) {
    return tx.jdbc()
        .sql(
            """
            select l.uid, l.purpose, l.expires_at, h.mail_uid, h.shown_at
            from account_link l left join link_handover h on h.link_uid = l.uid
            where l.account_uid = ? and l.purpose = ? and l.ended_at is null and l.expires_at > ?
            order by l.issued_at desc limit 1
            """)
        .params(account.uid(), purposeFor(account).name(), clock.millis())
        .query((row, _) -> state(tx, row))
        .optional()
        .orElse(null);
  }

  /// @param mailUid absent when no letter carries the link
  void begin(Transaction tx, String linkUid, @Nullable String mailUid) {
    tx.jdbc()
        .sql("insert into link_handover (link_uid, mail_uid) values (?, ?)")
        .param(linkUid)
        .param(mailUid)
        .update();
  }

  void markShown(Transaction tx, String linkUid) {
    tx.jdbc()
        .sql(
            """
            insert into link_handover (link_uid, shown_at) values (?, ?)
            on conflict (link_uid) do update set shown_at = excluded.shown_at
            """)
        .params(linkUid, clock.millis())
        .update();
  }

  /// Stops the letter of a link that is about to end, when it still waits.
  void withdraw(Transaction tx, Account account) {
    var living = living(tx, account);
    if (living != null && living.mailUid() != null) {
      outbox.cancel(tx, living.mailUid());
    }
  }

  /// A link was just used. Its letter need not go out any more; and who used an activation link
  /// that nobody but the letter's reader has seen has proved the address.
  void used(Transaction tx, Link link) {
    var handover = find(tx, link.uid());
    var mailUid = handover == null ? null : handover.mailUid();
    if (handover == null || mailUid == null) {
      return;
    }
    if (link.purpose() == Link.Purpose.ACTIVATION
        && handover.shownAt() == null
        && outbox.stateOf(tx, mailUid) == MailState.DELIVERED) {
      accounts.markVerified(tx, link.accountUid());
    }
    outbox.cancel(tx, mailUid);
  }

  /// What sets the password of an account: the first one, or another.
  static Link.Purpose purposeFor(Account account) {
    return account.state() == Account.State.PENDING ? Link.Purpose.ACTIVATION : Link.Purpose.RESET;
  }

  private @Nullable Handover find(Transaction tx, String linkUid) {
    return tx.jdbc()
        .sql("select mail_uid, shown_at from link_handover where link_uid = ?")
        .param(linkUid)
        .query((row, _) ->
            new Handover(row.getString("mail_uid"), AccountRow.instant(row, "shown_at")))
        .optional()
        .orElse(null);
  }

  private LinkState state(Transaction tx, ResultSet row) throws SQLException {
    var mailUid = row.getString("mail_uid");
    return new LinkState(
        row.getString("uid"),
        Link.Purpose.valueOf(row.getString("purpose")),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        mailUid,
        mailUid == null ? null : outbox.stateOf(tx, mailUid),
        AccountRow.instant(row, "shown_at"));
  }

  private record Handover(@Nullable String mailUid, @Nullable Instant shownAt) {}
}
