package io.postern.console.outbox;

import io.postern.console.platform.database.Transaction;
import java.time.Instant;
import java.util.List;

/// Mends what dead workers left. Before COMMITTING nothing was sent, and the mail goes back
/// into the queue; after it the outcome is unknown, and says so.
final class Recovery {
  private static final String HAPPENED =
      "Postern stopped between the last octet of the message and the answer of the relay.";

  private final MailStore store;
  private final AttemptStore attempts;

  Recovery(MailStore store, AttemptStore attempts) {
    this.store = store;
    this.attempts = attempts;
  }

  /// @return how many mails were mended
  int run(Transaction transaction, Instant now) {
    var mended = store.takeBack(transaction, now);
    for (var abandoned : store.abandoned(transaction, now)) {
      var settlement = Settlement.unknown(abandoned.mail(), now, HAPPENED);
      if (store.settle(transaction, abandoned.mail(), abandoned.token(), settlement)) {
        attempts.add(transaction, abandoned.mail().uid(), attempt(now));
        mended++;
      }
    }
    return mended;
  }

  private static Attempt attempt(Instant now) {
    return new Attempt(0, now, now, 0, "unknown", List.of(), "", "", HAPPENED, List.of());
  }
}
