package io.postern.console.outbox;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Forgets: what a mail said is erased 7 days after its end, who got it and what became of
/// it after 90. Until then the same idempotency key answers with the same mail.
final class Retention {
  static final Duration CONTENT = Duration.ofDays(7);
  static final Duration RECORD = Duration.ofDays(90);
  static final Duration EVERY = Duration.ofHours(1);

  /// So many in one transaction: others wait for it.
  private static final int ROWS_MAX = 1_000;

  private static final LetterStore LETTERS = new LetterStore();

  private Instant dueAt = Instant.EPOCH;

  /// Once an hour; while there is more to forget, a piece each time.
  void inTime(Database database, Instant now) {
    if (!now.isBefore(dueAt)) {
      int forgotten = database.write(transaction -> run(transaction, now));
      dueAt = forgotten == 0 ? now.plus(EVERY) : now;
    }
  }

  /// @return how many mails were touched; zero when there is nothing left to forget
  static int run(Transaction transaction, Instant now) {
    return LETTERS.erase(transaction, now.minus(CONTENT), ROWS_MAX) + remove(transaction, now);
  }

  private static int remove(Transaction transaction, Instant now) {
    return Removal.mails(
        transaction,
        "uid in (select uid from mail where erased = 1 and ended_at is not null and ended_at < ? limit ?)",
        List.of(now.minus(RECORD).toEpochMilli(), ROWS_MAX));
  }
}
