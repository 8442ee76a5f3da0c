package io.postern.console.outbox;

import io.postern.console.platform.database.Transaction;
import io.postern.smtp.Reply;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.session.Failure;
import io.postern.smtp.session.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes down what became of a try: the mail's next state, the attempt with its ladder, the
/// circuit; one transaction each.
final class Ledger {
  private final OutboxParts parts;

  Ledger(OutboxParts parts) {
    this.parts = parts;
  }

  /// A try of one mail.
  ///
  /// @param token of the lease under which it was made
  /// @param rungs the ladder, as far as it went
  record Try(QueuedMail mail, String token, long relayNumber, Instant startedAt, List<Rung> rungs) {
    Attempt attempt(Instant now, String outcome, String reply) {
      return new Attempt(0, startedAt, now, relayNumber, outcome, rungs, reply, "", "", List.of());
    }

    Attempt attempt(Instant now, String outcome, Failure failure) {
      var diagnosis = failure.diagnosis();
      return new Attempt(
          0,
          startedAt,
          now,
          relayNumber,
          outcome,
          rungs,
          words(failure.reply()),
          diagnosis.cause(),
          diagnosis.summary(),
          diagnosis.remedy());
    }
  }

  void settle(Try tried, Outcome outcome) {
    var now = parts.clock().instant();
    switch (outcome) {
      case Outcome.Accepted(var reply) -> accepted(tried, reply, now);
      case Outcome.Refused(var failure) when failure.scope() == Failure.Scope.DESTINATION ->
          park(tried, List.of(), failure);
      case Outcome.Refused(var failure) -> refused(tried, failure, now);
      case Outcome.Unknown(var failure) -> unknown(tried, failure, now);
    }
  }

  /// The relay is at fault: the mails wait, none is used up, and the circuit opens.
  ///
  /// @param others leased with this one, and not tried
  void park(Try tried, List<QueuedMail> others, Failure failure) {
    var now = parts.clock().instant();
    var diagnosis = failure.diagnosis();
    var settlement = new Settlement(MailState.PARKED, now, now, false, null, diagnosis.summary());
    parts
        .database()
        .write(transaction -> {
          parts.store().settle(transaction, tried.mail(), tried.token(), settlement);
          for (var mail : others) {
            parts.store().settle(transaction, mail, tried.token(), settlement);
          }
          record(transaction, tried, tried.attempt(now, "parked", failure));
          Circuit.open(transaction, failure.stage(), diagnosis.cause(), diagnosis.summary(), now);
          return 0;
        });
  }

  /// Mails that were leased and not tried go back as they were.
  void giveBack(List<QueuedMail> mails, String token) {
    var now = parts.clock().instant();
    if (mails.isEmpty()) {
      return;
    }
    parts
        .database()
        .write(transaction -> {
          for (var mail : mails) {
            parts
                .store()
                .settle(
                    transaction,
                    mail,
                    token,
                    new Settlement(
                        MailState.QUEUED, now, mail.dueAt(), false, null, mail.reason()));
          }
          return 0;
        });
  }

  /// Something in Postern broke. What was sent is not known for certain, so the mail is kept and
  /// tried later.
  void fault(Try tried, RuntimeException bug) {
    var now = parts.clock().instant();
    var sentence =
        "A fault in Postern stopped this try ("
            + bug.getClass().getSimpleName()
            + "); the log has the details.";
    var settlement =
        new Settlement(
            MailState.RETRY_WAIT, now, now.plus(RetryPlan.AFTER_UNKNOWN), true, null, sentence);
    var attempt =
        new Attempt(
            0,
            tried.startedAt(),
            now,
            tried.relayNumber(),
            "fault",
            List.of(),
            "",
            "",
            sentence,
            List.of());
    write(tried, settlement, attempt);
  }

  private void accepted(Try tried, Reply reply, Instant now) {
    var settlement = new Settlement(MailState.DELIVERED, now, now, true, reply.toString(), "");
    parts
        .database()
        .write(transaction -> {
          parts.store().settle(transaction, tried.mail(), tried.token(), settlement);
          record(transaction, tried, tried.attempt(now, "accepted", reply.toString()));
          Circuit.accepted(transaction, now);
          if (Circuit.read(transaction).isOpen()) {
            Circuit.close(transaction);
            parts.store().release(transaction, now);
            transaction.afterCommit(parts.wakeup()::wake);
          }
          return 0;
        });
  }

  private void refused(Try tried, Failure failure, Instant now) {
    var ofMessage = failure.scope() == Failure.Scope.MESSAGE;
    var state = ofMessage ? MailState.FAILED : MailState.RETRY_WAIT;
    var due = now.plus(RetryPlan.waitAfter(tried.mail().attempts() + 1, parts.random()));
    var settlement = new Settlement(state, now, due, true, null, failure.diagnosis().summary());
    write(tried, settlement, tried.attempt(now, ofMessage ? "refused" : "later", failure));
  }

  private void unknown(Try tried, Failure failure, Instant now) {
    var settlement =
        Settlement.unknown(
            tried.mail(), now, "The connection broke after the last octet of the message.");
    write(tried, settlement, tried.attempt(now, "unknown", failure));
  }

  private void write(Try tried, Settlement settlement, Attempt attempt) {
    parts
        .database()
        .write(transaction -> {
          parts.store().settle(transaction, tried.mail(), tried.token(), settlement);
          record(transaction, tried, attempt);
          return 0;
        });
  }

  private void record(Transaction transaction, Try tried, Attempt attempt) {
    parts.attempts().add(transaction, tried.mail().uid(), attempt);
  }

  private static String words(@Nullable Reply reply) {
    return reply == null ? "" : reply.toString();
  }
}
