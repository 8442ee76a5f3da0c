package io.postern.console.accounts;

import io.postern.console.platform.web.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reads an account from a row of `account.*`.
final class AccountRow {
  private AccountRow() {}

  static Account account(ResultSet row, int index) throws SQLException {
    var realm = row.getString("realm");
    return new Account(
        row.getString("uid"),
        realm.equals(Accounts.SYSTEM_REALM) ? null : realm,
        Role.valueOf(row.getString("role")),
        row.getString("email"),
        row.getString("first_name"),
        row.getString("last_name"),
        Account.State.valueOf(row.getString("state")),
        instant(row, "password_at"),
        instant(row, "email_verified_at"),
        instant(row, "email_changed_at"),
        instant(row, "signed_in_at"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getString("created_by"));
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    var millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
