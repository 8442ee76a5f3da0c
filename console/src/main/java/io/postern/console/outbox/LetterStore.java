package io.postern.console.outbox;

import io.postern.console.platform.database.Transaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What letters say, apart from the rows of their mails: those are written anew at each change of
/// state, on SQLite with all that they hold. What a letter is made of and its octets are written
/// once, sealed.
final class LetterStore {
  /// Takes the time before which a mail has ended, twice, and how many at most. What is asked is
  /// asked again of the row: another process may erase it at the same time, or try it again.
  private static final String ERASE =
      """
      update mail set erased = 1 where erased = 0 and ended_at < ? and uid in (
        select uid from mail where erased = 0 and ended_at is not null and ended_at < ? limit ?)
      returning uid
      """;

  /// The row that keeps what the letter is made of, sealed.
  static Paired.Statement values(byte[] sealed) {
    return new Paired.Statement(
        "insert into mail_letter (mail_uid, sealed_values) select uid, ? from changed",
        List.of(sealed));
  }

  /// The row that keeps the octets under which every try is made from now on, sealed.
  static Paired.Statement octets(byte[] sealed) {
    return new Paired.Statement(
        "insert into mail_octets (mail_uid, content) select uid, ? from changed", List.of(sealed));
  }

  /// @return sealed; null when nothing is frozen yet
  byte @Nullable [] frozen(Transaction transaction, String mailUid) {
    return transaction
        .jdbc()
        .sql("select content from mail_octets where mail_uid = ?")
        .param(mailUid)
        .query((row, _) -> row.getBytes(1))
        .optional()
        .orElse(null);
  }

  /// Forgets what mails said that ended before this.
  ///
  /// @return how many mails
  int erase(Transaction transaction, Instant before, int limit) {
    var uids =
        transaction
            .jdbc()
            .sql(ERASE)
            .params(before.toEpochMilli(), before.toEpochMilli(), limit)
            .query((row, _) -> row.getString(1))
            .list();
    Removal.rows(transaction, Removal.LETTERS, uids);
    return uids.size();
  }
}
