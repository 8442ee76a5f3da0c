package io.postern.console.outbox;

import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.database.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A change of one mail, and the row beside it that is written if the change was made. PostgreSQL
/// does both in one statement: each is a journey there and back, for every mail.
final class Paired {
  private final Dialect dialect;

  Paired(Dialect dialect) {
    this.dialect = dialect;
  }

  /// @param params one for each question mark
  record Statement(String sql, List<@Nullable Object> params) {
    /// @return how many rows
    int run(Transaction transaction) {
      return transaction.update(sql, params);
    }
  }

  /// @param change of the mail of this name, or its insertion
  /// @param row an insertion that selects from `changed (uid)`
  /// @return whether the change was made
  boolean run(Transaction transaction, String uid, Statement change, Statement row) {
    return switch (dialect) {
      case SQLITE -> {
        var made = change.run(transaction) == 1;
        if (made) {
          var params = new ArrayList<@Nullable Object>(List.of(uid));
          params.addAll(row.params());
          transaction.update("with changed (uid) as (select ?) " + row.sql(), params);
        }
        yield made;
      }
      case POSTGRESQL -> {
        var params = new ArrayList<@Nullable Object>(change.params());
        params.addAll(row.params());
        var sql = "with changed as (" + change.sql() + " returning uid) " + row.sql();
        yield transaction.update(sql, params) == 1;
      }
    };
  }
}
