package io.postern.console.outbox;

import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Transaction;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What outbox and worker share.
///
/// @param leases the tokens that workers of this process hold; safe for threads
/// @param ticks monotonic nanoseconds
record OutboxParts(
    Database database,
    MailStore store,
    AttemptStore attempts,
    Wakeup wakeup,
    Set<String> leases,
    Successes successes,
    InstantSource clock,
    LongSupplier ticks,
    Pace pace,
    RandomGenerator random,
    Uid uids) {
  /// The relay works: whoever waited for nothing but it may go.
  void closeCircuit(Transaction transaction) {
    Circuit.close(transaction);
    store.release(transaction, clock.instant());
    transaction.afterCommit(wakeup::wake);
  }

  /// A reply about one message shows that the relay works: if it was held to be at fault, it is not
  /// any more.
  void relayWorks(Transaction transaction) {
    if (Circuit.read(transaction).isOpen()) {
      closeCircuit(transaction);
    }
  }
}
