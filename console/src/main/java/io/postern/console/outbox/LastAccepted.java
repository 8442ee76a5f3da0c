package io.postern.console.outbox;

import io.postern.console.platform.database.Pending;
import java.util.OptionalInt;
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

  private record Acceptance(Try tried, Pending<OptionalInt> written) {}

  LastAccepted(OutboxParts parts, Insistence insistence) {
    this.parts = parts;
    this.insistence = insistence;
  }

  /// Begins to write that a mail was taken; the one before it is complete.
  void begin(Try tried, MailStore.Settled settled) {
    Pending<OptionalInt> written =
        insistence.begin(transaction -> {
          var failures = parts.store().accept(transaction, tried.mail(), tried.token(), settled);
          if (failures.orElse(0) == 0 || transaction.isSingle()) {
            return failures;
          }
          parts.relayWorks(transaction);
          return OptionalInt.of(0);
        });
    acceptance = new Acceptance(tried, written);
    if (written.isDone()) {
      complete();
    }
  }

  /// Returns when it is on disk, at once if nothing is being written.
  ///
  /// @throws RuntimeException as [Insistence#write] does; the mail is left to recovery then
  void complete() {
    var last = acceptance;
    acceptance = null;
    if (last == null) {
      return;
    }
    var failures = last.written().result();
    if (failures.isEmpty()) {
      LOG.warn(last.tried().endedLate(MailState.DELIVERED));
    } else if (failures.getAsInt() > 0) {
      insistence.write(transaction -> {
        // A failure that was heard since counts more than this 250.
        if (Circuit.read(transaction).failures() == failures.getAsInt()) {
          parts.closeCircuit(transaction);
        }
        return 0;
      });
    }
  }
}
