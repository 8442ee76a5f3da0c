package io.postern.console.platform;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/// A column of a room's table that holds sealed values, so that they can be wrapped anew when the
/// instance key is changed.
///
/// @param key the column that names the row
public record SealedColumn(String table, String key, String column, Seals seals) {
  /// One whose values are bound to the name of their row.
  public static SealedColumn boundToRow(String table, String key, String column, String purpose) {
    return new SealedColumn(
        table,
        key,
        column,
        row -> new Seal(purpose, row.getString(key).getBytes(StandardCharsets.UTF_8)));
  }

  /// With what the value of a row is sealed.
  @FunctionalInterface
  public interface Seals {
    Seal of(ResultSet row) throws SQLException;
  }

  /// The first two arguments of [SecretBox#seal].
  public static final class Seal {
    private final String purpose;
    private final byte[] bound;

    public Seal(String purpose, byte[] bound) {
      this.purpose = purpose;
      this.bound = bound.clone();
    }

    String purpose() {
      return purpose;
    }

    byte[] bound() {
      return bound.clone();
    }
  }
}
