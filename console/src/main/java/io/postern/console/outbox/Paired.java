package io.postern.console.outbox;

import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.database.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
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
      return transaction.jdbc().sql(sql).params(params).update();
    }
  }

  /// A change of a row that all mails share.
  ///
  /// @param change ends with its condition
  /// @param column whose number the changed row tells
  record Shared(Statement change, String column) {
    private String returning(String more) {
      return change.sql() + more + " returning " + column;
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
          transaction
              .jdbc()
              .sql("with changed (uid) as (select ?) " + row.sql())
              .param(uid)
              .params(row.params())
              .update();
        }
        yield made;
      }
      case POSTGRESQL ->
          transaction
                  .jdbc()
                  .sql("with changed as (" + change.sql() + " returning uid) " + row.sql())
                  .params(change.params())
                  .params(row.params())
                  .update()
              == 1;
    };
  }

  /// As the other, and a change of what all mails share that is made along with that of the mail.
  ///
  /// @return the number that the shared row tells, 0 when it was not changed; absent when the mail
  ///   was not
  OptionalInt run(
      Transaction transaction, String uid, Statement change, Statement row, Shared shared) {
    return switch (dialect) {
      case SQLITE ->
          run(transaction, uid, change, row)
              ? OptionalInt.of(
                  number(transaction, shared.returning(""), shared.change().params()).orElse(0))
              : OptionalInt.empty();
      case POSTGRESQL -> {
        var params = new ArrayList<@Nullable Object>(change.params());
        params.addAll(shared.change().params());
        params.addAll(row.params());
        var sql =
            "with changed as (%s returning uid), shared as (%s) %s returning coalesce((select %s from shared), 0)"
                .formatted(
                    change.sql(),
                    shared.returning(" and exists (select 1 from changed)"),
                    row.sql(),
                    shared.column());
        yield number(transaction, sql, params);
      }
    };
  }

  private static OptionalInt number(
      Transaction transaction, String sql, List<@Nullable Object> params) {
    return transaction
        .jdbc()
        .sql(sql)
        .params(params)
        .query(Integer.class)
        .optional()
        .map(OptionalInt::of)
        .orElseGet(OptionalInt::empty);
  }
}
