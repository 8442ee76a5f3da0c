package io.postern.console.platform;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values of one [SealedColumn], by the key that they need.
final class SealedRows {
  private static final int ROWS_PER_TRANSACTION = 100;

  private final SealedColumn column;

  SealedRows(SealedColumn column) {
    this.column = column;
  }

  /// What became of a column.
  ///
  /// @param lost values that no key opens
  record Renewed(long renewed, long lost) {
    Renewed plus(Renewed other) {
      return new Renewed(renewed + other.renewed, lost + other.lost);
    }
  }

  /// Wraps every value with the key that seals; a few in a transaction, so that nobody waits long.
  Renewed renew(Database database, KeyRing ring, SecretBox box) {
    var sum = new Renewed(0, 0);
    @Nullable Object after = null;
    while (true) {
      var last = after;
      var keys = database.read(tx -> others(tx, ring.sealing(), last));
      if (keys.isEmpty()) {
        return sum;
      }
      var renewed = database.write(tx -> keys.stream().filter(key -> renew(tx, key, box)).count());
      sum = sum.plus(new Renewed(renewed, keys.size() - renewed));
      after = keys.getLast();
    }
  }

  /// How many values need this key. Those of the first version do not name theirs, so they are
  /// tried.
  long count(Transaction tx, InstanceKey key, SecretBox withKey) {
    var named =
        tx.jdbc()
            .sql(
                "select count(*) from %s where substr(%s, 1, 9) = ?"
                    .formatted(column.table(), column.column()))
            .param(SecretBox.head(key))
            .query(Long.class)
            .single();
    return named + unnamed(tx).stream().filter(row -> stored(tx, row, withKey) != null).count();
  }

  private List<Object> unnamed(Transaction tx) {
    return tx.jdbc()
        .sql(
            "select %s from %s where substr(%s, 1, 1) <> ?"
                .formatted(column.key(), column.table(), column.column()))
        .param(new byte[] {SecretBox.VERSION})
        .query((row, _) -> row.getObject(1))
        .list();
  }

  private List<Object> others(Transaction tx, InstanceKey key, @Nullable Object after) {
    var sql =
        "select %1$s from %2$s where substr(%3$s, 1, 9) <> ? %4$s order by %1$s limit %5$d"
            .formatted(
                column.key(),
                column.table(),
                column.column(),
                after == null ? "" : "and " + column.key() + " > ?",
                ROWS_PER_TRANSACTION);
    var statement = tx.jdbc().sql(sql).param(SecretBox.head(key));
    return (after == null ? statement : statement.param(after))
        .query((row, _) -> row.getObject(1))
        .list();
  }

  /// A value that was replaced meanwhile is left alone: whoever wrote it sealed it.
  ///
  /// @return false when no key opens the value
  private boolean renew(Transaction tx, Object key, SecretBox box) {
    var stored = stored(tx, key, box);
    if (stored == null) {
      return false;
    }
    tx.jdbc()
        .sql(
            "update %1$s set %2$s = ? where %3$s = ? and %2$s = ?"
                .formatted(column.table(), column.column(), column.key()))
        .params(stored.fresh, key, stored.before)
        .update();
    return true;
  }

  private @Nullable Stored stored(Transaction tx, Object key, SecretBox box) {
    return tx
        .jdbc()
        .sql(
            "select * from %s where %s = ? and %s is not null"
                .formatted(column.table(), column.key(), column.column()))
        .param(key)
        .query((row, _) -> stored(row, box))
        .list()
        .stream()
        .filter(found -> found.fresh.length > 0)
        .findFirst()
        .orElse(null);
  }

  private Stored stored(ResultSet row, SecretBox box) throws SQLException {
    var seal = column.seals().of(row);
    var before = row.getBytes(column.column());
    var fresh = box.renew(seal.purpose(), seal.bound(), before);
    return new Stored(before, fresh == null ? new byte[0] : fresh);
  }

  /// A value before and after; without octets after, no key opens it.
  private static final class Stored {
    private final byte[] before;
    private final byte[] fresh;

    Stored(byte[] before, byte[] fresh) {
      this.before = before;
      this.fresh = fresh;
    }
  }
}
