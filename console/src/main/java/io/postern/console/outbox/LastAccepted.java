package io.postern.console.outbox;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Pending;
import io.postern.console.platform.database.Transaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The mail that the relay took last from one worker, until that is on disk. The next mail begins
/// meanwhile; its final dot, and whatever else became of it, waits for [#complete]. So of each
/// worker one mail at most has an outcome that is not written (ADR 17).
final class LastAccepted {
  private static final Logger LOG = LoggerFactory.getLogger(LastAccepted.class);

  private final OutboxParts parts;
  private final Insistence insistence;
  private @Nullable Acceptance acceptance;

  private record Acceptance(Try tried, Pending<Boolean> written) {}

  LastAccepted(OutboxParts parts, Insistence insistence) {
    this.parts = parts;
    this.insistence = insistence;
  }

  /// Begins to write that a mail was taken; the one before it is complete.
  void begin(Try tried, MailStore.Settled settled) {
    var claim = parts.successes().claim(settled.settlement().at());
    acceptance =
        new Acceptance(
            tried,
            claim == null
                ? insistence.begin(transaction -> settle(transaction, tried, settled))
                : new Database.Done<>(tell(tried, settled, claim)));
    if (acceptance.written().isDone()) {
      complete();
    }
  }

  private boolean settle(Transaction transaction, Try tried, MailStore.Settled settled) {
    return parts.store().settle(transaction, tried.mail(), tried.token(), settled);
  }

  /// Tells the circuit as well.
  private boolean tell(Try tried, MailStore.Settled settled, Successes.Claim claim) {
    var told = false;
    try {
      told =
          insistence.write(transaction -> {
            var held = settle(transaction, tried, settled);
            if (held) {
              Circuit.accepted(transaction, settled.settlement().at());
              parts.relayWorks(transaction);
            }
            return held;
          });
      return told;
    } finally {
      if (told) {
        parts.successes().told(claim);
      } else {
        parts.successes().doubted();
      }
    }
  }

  /// Returns when it is on disk, at once if nothing is being written.
  ///
  /// @throws RuntimeException as [Insistence#write] does; the mail is left to recovery then
  void complete() {
    var last = acceptance;
    acceptance = null;
    if (last != null && !last.written().result()) {
      LOG.warn(last.tried().endedLate(MailState.DELIVERED));
    }
  }
}
