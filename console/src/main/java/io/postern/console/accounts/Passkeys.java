package io.postern.console.accounts;

import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The passkeys in the database. Whoever adds or removes one writes the audit log; this store does
/// not.
final class Passkeys {
  /// Per account.
  static final int PASSKEYS_MAX = 20;

  private final InstantSource clock;
  private final Uid uids;

  Passkeys(InstantSource clock, Uid uids) {
    this.clock = clock;
    this.uids = uids;
  }

  /// @return null when somebody has this credential already
  @Nullable Passkey add(
      Transaction tx, Account account, String name, String host, Passkey.Credential credential) {
    var uid = uids.next();
    var made =
        tx.jdbc()
            .sql(
                """
                insert into passkey (uid, account_uid, name, credential_id, credential, host,
                  sign_count, backup_eligible, backed_up, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """)
            .params(
                uid,
                account.uid(),
                name,
                credential.id(),
                credential.attested(),
                host,
                credential.signCount(),
                flag(credential.isBackupEligible()),
                flag(credential.isBackedUp()),
                clock.millis())
            .update();
    return made == 0 ? null : find(tx, account.uid(), uid);
  }

  /// The account's passkeys, the oldest first.
  List<Passkey> list(Transaction tx, String accountUid) {
    return tx.jdbc()
        .sql("select * from passkey where account_uid = ? order by created_at, uid")
        .param(accountUid)
        .query((row, _) -> passkey(row))
        .list();
  }

  /// What browsers are told of the account's passkeys at a host, so that they offer or skip them.
  List<String> credentialIds(Transaction tx, String accountUid, String host) {
    return tx.jdbc()
        .sql("select credential_id from passkey where account_uid = ? and host = ?")
        .params(accountUid, host)
        .query((row, _) -> row.getString("credential_id"))
        .list();
  }

  long count(Transaction tx) {
    return tx.jdbc().sql("select count(*) from passkey").query(Long.class).single();
  }

  long countAt(Transaction tx, String host) {
    return tx.jdbc()
        .sql("select count(*) from passkey where host = ?")
        .param(host)
        .query(Long.class)
        .single();
  }

  /// @return null when the account has no such passkey
  @Nullable Passkey find(Transaction tx, String accountUid, String uid) {
    return tx.jdbc()
        .sql("select * from passkey where account_uid = ? and uid = ?")
        .params(accountUid, uid)
        .query((row, _) -> passkey(row))
        .optional()
        .orElse(null);
  }

  Passkey.@Nullable Known findByCredential(Transaction tx, String credentialId) {
    return tx.jdbc()
        .sql("select * from passkey where credential_id = ?")
        .param(credentialId)
        .query((row, _) ->
            new Passkey.Known(
                passkey(row),
                new Passkey.Credential(
                    row.getString("credential_id"),
                    row.getBytes("credential"),
                    row.getLong("sign_count"),
                    row.getInt("backup_eligible") == 1,
                    row.getInt("backed_up") == 1)))
        .optional()
        .orElse(null);
  }

  /// It has signed.
  ///
  /// @return false when it was used at the same moment elsewhere, or removed
  boolean used(Transaction tx, Passkey.Known before, long signCount, boolean isBackedUp) {
    return tx.jdbc()
            .sql(
                """
                update passkey set sign_count = ?, backed_up = ?, used_at = ?
                where uid = ? and sign_count = ?
                """)
            .params(
                signCount,
                flag(isBackedUp),
                clock.millis(),
                before.passkey().uid(),
                before.credential().signCount())
            .update()
        == 1;
  }

  void rename(Transaction tx, Passkey passkey, String name) {
    tx.jdbc().sql("update passkey set name = ? where uid = ?").params(name, passkey.uid()).update();
  }

  void remove(Transaction tx, Passkey passkey) {
    tx.jdbc().sql("delete from passkey where uid = ?").param(passkey.uid()).update();
  }

  /// @return how many there were
  int removeAll(Transaction tx, String accountUid) {
    return tx.jdbc().sql("delete from passkey where account_uid = ?").param(accountUid).update();
  }

  private static int flag(boolean value) {
    return value ? 1 : 0;
  }

  private static Passkey passkey(ResultSet row) throws SQLException {
    return new Passkey(
        row.getString("uid"),
        row.getString("account_uid"),
        row.getString("name"),
        row.getString("host"),
        row.getInt("backed_up") == 1,
        Instant.ofEpochMilli(row.getLong("created_at")),
        AccountRow.instant(row, "used_at"));
  }
}
