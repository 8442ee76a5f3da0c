package io.postern.console.outbox;

import io.postern.console.platform.database.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Mends what dead workers left. Before COMMITTING nothing was sent, and the mail goes back
/// into the queue; after it the outcome is unknown, and says so. One for each process.
final class Recovery {
  private static final String HAPPENED =
      "Postern stopped between the last octet of the message and the answer of the relay.";

  private final MailStore store;
  private final Set<String> own;
  private Instant lastRound = Instant.MAX;

  /// @param own leases of this process. Whoever holds one is alive, whatever the clock says: it may
  ///   have been set ahead
  Recovery(MailStore store, Set<String> own) {
    this.store = store;
    this.own = own;
  }

  /// @return how many mails were mended
  int run(Transaction transaction, Instant now) {
    var mended = wasSetBack(now) ? store.mendPlan(transaction, now) : 0;
    for (var token : store.overdue(transaction, now)) {
      if (!own.contains(token)) {
        mended += recover(transaction, token, now);
      }
    }
    return mended;
  }

  /// Whether the clock may have been set back since the round before; at the first round it may.
  private boolean wasSetBack(Instant now) {
    var back = now.isBefore(lastRound);
    lastRound = now;
    return back;
  }

  private int recover(Transaction transaction, String token, Instant now) {
    var mended = store.takeBack(transaction, token, now);
    for (var mail : store.abandoned(transaction, token, now)) {
      var settled =
          new MailStore.Settled(
              Settlement.unknown(mail, now, HAPPENED), AttemptStore.entry(attempt(now)));
      mended += store.settle(transaction, mail, token, settled) ? 1 : 0;
    }
    return mended;
  }

  private static Attempt attempt(Instant now) {
    return new Attempt(0, now, now, 0, "unknown", List.of(), "", "", HAPPENED, List.of());
  }
}
