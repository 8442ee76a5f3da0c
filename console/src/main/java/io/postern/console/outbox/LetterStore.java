package io.postern.console.outbox;

import io.postern.console.platform.database.Transaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What letters say, apart from the rows of their mails: those are written anew at each change of
/// state, on SQLite with all that they hold. What a letter is made of and its octets are written
/// once, sealed.
final class LetterStore {
  /// Takes the time before which a mail has ended, and how many at most.
  private static final String ENDED =
      "select uid from mail where erased = 0 and ended_at is not null and ended_at < ? order by ended_at, uid limit ?";

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
    for (var table : new String[] {"mail_letter", "mail_octets"}) {
      transaction
          .jdbc()
          .sql("delete from " + table + " where mail_uid in (" + ENDED + ")")
          .params(before.toEpochMilli(), limit)
          .update();
    }
    return transaction
        .jdbc()
        .sql("update mail set erased = 1 where uid in (" + ENDED + ")")
        .params(before.toEpochMilli(), limit)
        .update();
  }
}
