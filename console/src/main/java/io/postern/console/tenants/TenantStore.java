package io.postern.console.tenants;

import io.postern.console.platform.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The rows of tenants and invitations. The SQL is the same for SQLite and PostgreSQL.
final class TenantStore {
  private static final String ROWS =
      "select * from tenant t join invitation i on i.tenant_uid = t.uid";
  private static final String MATCHING =
      " where (t.name_key like ? escape '!' or i.email_key like ? escape '!')";

  /// The caller has looked for the name and the address; of two that race, the database refuses
  /// one.
  void insert(Transaction tx, Tenant tenant) {
    tx.jdbc()
        .sql(
            """
            insert into tenant (uid, name, name_key, created_at, created_by)
            values (?, ?, ?, ?, ?)
            """)
        .params(
            tenant.uid(),
            tenant.name(),
            key(tenant.name()),
            tenant.createdAt().toEpochMilli(),
            tenant.createdBy())
        .update();
    var invitation = tenant.invitation();
    tx.jdbc()
        .sql(
            """
            insert into invitation (tenant_uid, account_uid, email, email_key, mail_uid,
              sent_at, expires_at)
            values (?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            tenant.uid(),
            invitation.accountUid(),
            invitation.email(),
            key(invitation.email()),
            invitation.mailUid(),
            invitation.sentAt().toEpochMilli(),
            invitation.expiresAt().toEpochMilli())
        .update();
  }

  @Nullable Tenant find(Transaction tx, String uid) {
    return one(tx, " where t.uid = ?", uid);
  }

  @Nullable Tenant findByName(Transaction tx, String name) {
    return one(tx, " where t.name_key = ?", key(name));
  }

  @Nullable Tenant findByEmail(Transaction tx, String email) {
    return one(tx, " where i.email_key = ?", key(email));
  }

  /// The newest first.
  ///
  /// @param text part of the name or of the administrator's address; empty: all
  List<Tenant> list(Transaction tx, String text, int offset, int limit) {
    var pattern = pattern(text);
    return tx.jdbc()
        .sql(ROWS + MATCHING + " order by t.created_at desc, t.uid desc limit ? offset ?")
        .params(pattern, pattern, limit, offset)
        .query((row, _) -> tenant(row))
        .list();
  }

  long count(Transaction tx, String text) {
    var pattern = pattern(text);
    return tx.jdbc()
        .sql("select count(*) from tenant t join invitation i on i.tenant_uid = t.uid" + MATCHING)
        .params(pattern, pattern)
        .query(Long.class)
        .single();
  }

  /// The invitation was sent again: another letter, another link.
  void renew(Transaction tx, String uid, Invitation fresh) {
    tx.jdbc()
        .sql(
            """
            update invitation set mail_uid = ?, sent_at = ?, expires_at = ?, shown_at = null,
              opened_at = null
            where tenant_uid = ?
            """)
        .params(
            fresh.mailUid(), fresh.sentAt().toEpochMilli(), fresh.expiresAt().toEpochMilli(), uid)
        .update();
  }

  void markShown(Transaction tx, String uid, Instant at, Instant expiresAt) {
    tx.jdbc()
        .sql("update invitation set shown_at = ?, expires_at = ? where tenant_uid = ?")
        .params(at.toEpochMilli(), expiresAt.toEpochMilli(), uid)
        .update();
  }

  /// @return false when it was opened before
  boolean markOpened(Transaction tx, String uid, Instant at) {
    return tx.jdbc()
            .sql("update invitation set opened_at = ? where tenant_uid = ? and opened_at is null")
            .params(at.toEpochMilli(), uid)
            .update()
        == 1;
  }

  void markActivated(Transaction tx, String uid, Instant at) {
    tx.jdbc()
        .sql("update invitation set activated_at = ? where tenant_uid = ?")
        .params(at.toEpochMilli(), uid)
        .update();
  }

  /// @return false when it was marked already
  boolean mark(Transaction tx, String uid, Instant at) {
    return tx.jdbc()
            .sql("update tenant set marked_at = ? where uid = ? and marked_at is null")
            .params(at.toEpochMilli(), uid)
            .update()
        == 1;
  }

  /// @return false when it was not marked
  boolean unmark(Transaction tx, String uid) {
    return tx.jdbc()
            .sql("update tenant set marked_at = null where uid = ? and marked_at is not null")
            .param(uid)
            .update()
        == 1;
  }

  void delete(Transaction tx, String uid) {
    tx.jdbc().sql("delete from tenant where uid = ?").param(uid).update();
  }

  /// Names and addresses that differ in case, width or blanks only are the same.
  static String key(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .strip()
        .replaceAll("\\s+", " ")
        .toLowerCase(Locale.ROOT);
  }

  private static String pattern(String text) {
    return "%" + key(text).replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
  }

  private static @Nullable Tenant one(Transaction tx, String where, String value) {
    return tx.jdbc()
        .sql(ROWS + where)
        .param(value)
        .query((row, _) -> tenant(row))
        .optional()
        .orElse(null);
  }

  private static Tenant tenant(ResultSet row) throws SQLException {
    return new Tenant(
        row.getString("uid"),
        row.getString("name"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getString("created_by"),
        instant(row, "marked_at"),
        new Invitation(
            row.getString("account_uid"),
            row.getString("email"),
            row.getString("mail_uid"),
            Instant.ofEpochMilli(row.getLong("sent_at")),
            Instant.ofEpochMilli(row.getLong("expires_at")),
            instant(row, "shown_at"),
            instant(row, "opened_at"),
            instant(row, "activated_at")));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
