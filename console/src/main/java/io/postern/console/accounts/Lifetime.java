package io.postern.console.accounts;

import io.postern.console.platform.database.Transaction;
import java.time.Duration;
import java.time.Instant;

/// How long what a sign-in opens lives, and how many of a kind an account has at most: a browser's
/// session, a program's token. Ending deletes the row.
///
/// @param table a table with `account_uid`, `created_at` and `seen_at`
/// @param key its key
/// @param livingMax how many an account has at most; the next one ends the oldest (ASVS 7.1.2)
public record Lifetime(String table, String key, int livingMax) {
  public static final Duration IDLE_MAX = Duration.ofMinutes(60);
  public static final Duration AGE_MAX = Duration.ofHours(8);

  /// What was seen, and what was opened, up to here has ended by time, in milliseconds.
  public record Ended(long seen, long opened) {
    public static Ended at(Instant now) {
      return new Ended(now.minus(IDLE_MAX).toEpochMilli(), now.minus(AGE_MAX).toEpochMilli());
    }
  }

  /// Removes what has ended by time, whoever's it was.
  public void sweep(Transaction tx, Instant now) {
    var ended = Ended.at(now);
    tx.jdbc()
        .sql("delete from %s where seen_at <= ? or created_at <= ?".formatted(table))
        .params(ended.seen(), ended.opened())
        .update();
  }

  /// Ends the oldest of the account, so that there is room for one more.
  public void makeRoom(Transaction tx, String accountUid) {
    // Who signs in at the same moment waits here, so that no two count the same rows.
    tx.jdbc().sql("update account set email = email where uid = ?").param(accountUid).update();
    tx.jdbc()
        .sql(
            """
            delete from %1$s where account_uid = ? and %2$s not in (
              select %2$s from %1$s where account_uid = ?
              order by created_at desc, seen_at desc, %2$s desc limit ?)
            """
                .formatted(table, key))
        .params(accountUid, accountUid, livingMax - 1)
        .update();
  }
}
