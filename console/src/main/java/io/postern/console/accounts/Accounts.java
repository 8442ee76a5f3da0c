package io.postern.console.accounts;

import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Role;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The accounts in the database: of the system console and of tenants. Whoever changes one writes
/// the audit log; this store does not.
public final class Accounts {
  static final String SYSTEM_REALM = "system";

  private final InstantSource clock;
  private final Uid uids;

  public Accounts(InstantSource clock, Uid uids) {
    this.clock = clock;
    this.uids = uids;
  }

  /// @return the account, state PENDING; null when the address has one in that realm already
  public @Nullable Account create(Transaction tx, NewAccount account) {
    var uid = uids.next();
    var made =
        tx.jdbc()
            .sql(
                """
                insert into account (uid, realm, role, email, email_key, first_name, last_name,
                  state, created_at, created_by)
                values (?, ?, ?, ?, ?, ?, ?, 'PENDING', ?, ?)
                on conflict do nothing
                """)
            .params(
                uid,
                realm(account.tenantUid()),
                account.role().name(),
                account.email(),
                key(account.email()),
                account.firstName(),
                account.lastName(),
                clock.millis(),
                account.createdBy())
            .update();
    return made == 0 ? null : find(tx, uid);
  }

  public @Nullable Account find(Transaction tx, String uid) {
    return tx.jdbc()
        .sql("select * from account where uid = ?")
        .param(uid)
        .query(AccountRow::account)
        .optional()
        .orElse(null);
  }

  /// @param tenantUid absent to look among the system accounts
  public @Nullable Account findByEmail(Transaction tx, @Nullable String tenantUid, String email) {
    return tx.jdbc()
        .sql("select * from account where realm = ? and email_key = ?")
        .params(realm(tenantUid), key(email))
        .query(AccountRow::account)
        .optional()
        .orElse(null);
  }

  /// The accounts with this address in any tenant: a person may administer several.
  public List<Account> findInTenants(Transaction tx, String email) {
    return tx.jdbc()
        .sql("select * from account where realm <> 'system' and email_key = ? order by created_at")
        .param(key(email))
        .query(AccountRow::account)
        .list();
  }

  /// Ordered by address.
  ///
  /// @param tenantUid absent for the system accounts
  public List<Account> list(Transaction tx, @Nullable String tenantUid) {
    return tx.jdbc()
        .sql("select * from account where realm = ? order by email_key")
        .param(realm(tenantUid))
        .query(AccountRow::account)
        .list();
  }

  /// Whether the account signs in with more than its password.
  public boolean hasPasskey(Transaction tx, String uid) {
    return tx.jdbc()
            .sql("select count(*) from passkey where account_uid = ?")
            .param(uid)
            .query(Long.class)
            .single()
        > 0;
  }

  /// How many root accounts can sign in.
  public long activeRoots(Transaction tx) {
    return tx.jdbc()
        .sql("select count(*) from account where realm = 'system' and role = ? and state = ?")
        .params(Role.ROOT.name(), Account.State.ACTIVE.name())
        .query(Long.class)
        .single();
  }

  /// Removes the account with its sessions and links.
  public void delete(Transaction tx, String uid) {
    tx.jdbc().sql("delete from account where uid = ?").param(uid).update();
  }

  /// Sets the password, which makes a pending account active.
  ///
  /// @param hash from [PasswordHashes]
  void setPassword(Transaction tx, String uid, String hash) {
    tx.jdbc()
        .sql(
            """
            update account set password_hash = ?, password_at = ?,
              state = case when state = 'PENDING' then 'ACTIVE' else state end
            where uid = ?
            """)
        .params(hash, clock.millis(), uid)
        .update();
  }

  /// What the account may do from its next request on.
  void setRole(Transaction tx, String uid, Role role) {
    tx.jdbc().sql("update account set role = ? where uid = ?").params(role.name(), uid).update();
  }

  /// The same password under today's parameters.
  void rehash(Transaction tx, String uid, String hash) {
    tx.jdbc().sql("update account set password_hash = ? where uid = ?").params(hash, uid).update();
  }

  /// @return null when the account has no password, or there is none
  @Nullable String passwordHash(Transaction tx, String uid) {
    return tx.jdbc()
        .sql("select password_hash from account where uid = ?")
        .param(uid)
        .query((row, _) -> new PasswordRow(row.getString(1)))
        .optional()
        .orElseGet(() -> new PasswordRow(null))
        .hash();
  }

  /// Replaces the address.
  ///
  /// @param verified whether the owner has proved it
  /// @return false when another account of the realm has it
  boolean setEmail(Transaction tx, Account account, String email, boolean verified) {
    var other = findByEmail(tx, account.tenantUid(), email);
    if (other != null && !other.uid().equals(account.uid())) {
      return false;
    }
    var now = clock.millis();
    tx.jdbc()
        .sql(
            """
            update account set email = ?, email_key = ?, email_changed_at = ?, email_verified_at = ?
            where uid = ?
            """)
        .param(email)
        .param(key(email))
        .param(now)
        .param(verified ? now : null)
        .param(account.uid())
        .update();
    return true;
  }

  /// The owner has proved the present address.
  public void markVerified(Transaction tx, String uid) {
    tx.jdbc()
        .sql("update account set email_verified_at = ? where uid = ?")
        .params(clock.millis(), uid)
        .update();
  }

  void markSignedIn(Transaction tx, String uid) {
    tx.jdbc()
        .sql("update account set signed_in_at = ? where uid = ?")
        .params(clock.millis(), uid)
        .update();
  }

  /// Nobody of the tenant can sign in any more; running sessions end.
  public void suspendTenant(Transaction tx, String tenantUid) {
    tx.jdbc()
        .sql("update account set state = 'SUSPENDED' where realm = ?")
        .param(tenantUid)
        .update();
    tx.jdbc()
        .sql(
            "delete from account_session where account_uid in"
                + " (select uid from account where realm = ?)")
        .param(tenantUid)
        .update();
  }

  /// Undoes [#suspendTenant].
  public void resumeTenant(Transaction tx, String tenantUid) {
    tx.jdbc()
        .sql(
            """
            update account set state = case when password_hash is null then 'PENDING' else 'ACTIVE' end
            where realm = ?
            """)
        .param(tenantUid)
        .update();
  }

  /// Removes every account of the tenant.
  public void deleteTenant(Transaction tx, String tenantUid) {
    tx.jdbc().sql("delete from account where realm = ?").param(tenantUid).update();
  }

  static String realm(@Nullable String tenantUid) {
    return tenantUid == null ? SYSTEM_REALM : tenantUid;
  }

  /// Addresses that differ in case are one (the domain always, the local part by every provider's
  /// practice).
  static String key(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  private record PasswordRow(@Nullable String hash) {}
}
