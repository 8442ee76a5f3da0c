package io.postern.console.accounts;

import io.postern.console.platform.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The changes of addresses in the database. Which may follow which is for [AddressRequests] and
/// [AddressLinks] to say.
final class AddressChanges {
  /// Takes the account for this transaction, so that what happens to its address happens one after
  /// the other, in however many processes.
  ///
  /// @return false when there is no such account
  boolean lock(Transaction tx, String accountUid) {
    return tx.jdbc()
            .sql("update account set email = email where uid = ?")
            .param(accountUid)
            .update()
        == 1;
  }

  void insert(Transaction tx, AddressChange change) {
    tx.jdbc()
        .sql(
            """
            insert into address_change (uid, account_uid, old_address, new_address, state,
              requested_at, confirm_mail_uid) values (?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            change.uid(),
            change.accountUid(),
            change.oldAddress(),
            change.newAddress(),
            change.state().name(),
            change.requestedAt().toEpochMilli(),
            change.confirmMailUid())
        .update();
  }

  @Nullable AddressChange find(Transaction tx, String uid) {
    return tx.jdbc()
        .sql("select * from address_change where uid = ?")
        .param(uid)
        .query(AddressChanges::row)
        .optional()
        .orElse(null);
  }

  /// The change that waits for its new address, or did so in vain.
  @Nullable AddressChange pending(Transaction tx, String accountUid) {
    return tx.jdbc()
        .sql("select * from address_change where account_uid = ? and state = 'PENDING'")
        .param(accountUid)
        .query(AddressChanges::row)
        .optional()
        .orElse(null);
  }

  /// The change that was confirmed last, undone ones left out.
  @Nullable AddressChange lastConfirmed(Transaction tx, String accountUid) {
    return tx.jdbc()
        .sql(
            """
            select * from address_change where account_uid = ? and state = 'CONFIRMED'
            order by ended_at desc, uid desc limit 1
            """)
        .param(accountUid)
        .query(AddressChanges::row)
        .optional()
        .orElse(null);
  }

  /// The change and what was asked for after it, in order.
  List<AddressChange> since(Transaction tx, AddressChange first) {
    return tx.jdbc()
        .sql(
            """
            select * from address_change where account_uid = ? and requested_at >= ?
            order by requested_at, uid
            """)
        .params(first.accountUid(), first.requestedAt().toEpochMilli())
        .query(AddressChanges::row)
        .list();
  }

  /// Ends a change that waits.
  void end(Transaction tx, String uid, AddressChange.State state, Instant now) {
    tx.jdbc()
        .sql(
            "update address_change set state = ?, ended_at = ? where uid = ? and state = 'PENDING'")
        .params(state.name(), now.toEpochMilli(), uid)
        .update();
  }

  void markReverted(Transaction tx, String uid) {
    tx.jdbc()
        .sql("update address_change set state = 'REVERTED' where uid = ? and state = 'CONFIRMED'")
        .param(uid)
        .update();
  }

  private static AddressChange row(ResultSet row, int index) throws SQLException {
    return new AddressChange(
        row.getString("uid"),
        row.getString("account_uid"),
        row.getString("old_address"),
        row.getString("new_address"),
        AddressChange.State.valueOf(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("requested_at")),
        AccountRow.instant(row, "ended_at"),
        row.getString("confirm_mail_uid"));
  }
}
