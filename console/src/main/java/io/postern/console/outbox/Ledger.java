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

  /// When a try began and what its ladder looked like.
  record Try(Instant startedAt, List<Rung> rungs) {}

  void settle(QueuedMail mail, String token, long relayNumber, Try attempt, Outcome outcome) {
    var now = parts.clock().instant();
    switch (outcome) {
      case Outcome.Accepted(var reply) -> accepted(mail, token, relayNumber, attempt, reply, now);
      case Outcome.Refused(var failure) when failure.scope() == Failure.Scope.DESTINATION ->
          park(List.of(mail), token, relayNumber, attempt, failure);
      case Outcome.Refused(var failure) -> refused(mail, token, relayNumber, attempt, failure, now);
      case Outcome.Unknown(var failure) -> unknown(mail, token, relayNumber, attempt, failure, now);
    }
  }

  /// The relay is at fault: the mails wait, none is used up, and the circuit opens.
  void park(List<QueuedMail> mails, String token, long relayNumber, Try attempt, Failure failure) {
    var now = parts.clock().instant();
    var diagnosis = failure.diagnosis();
    parts
        .database()
        .write(transaction -> {
          for (var mail : mails) {
            var settlement =
                new Settlement(MailState.PARKED, now, now, false, null, diagnosis.summary());
            parts.store().settle(transaction, mail, token, settlement);
          }
          record(transaction, mails.getFirst(), relayNumber, attempt, now, "parked", failure);
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
  void fault(
      QueuedMail mail, String token, long relayNumber, Instant startedAt, RuntimeException bug) {
    var now = parts.clock().instant();
    var sentence =
        "A fault in Postern stopped this try ("
            + bug.getClass().getSimpleName()
            + "); the log has the details.";
    parts
        .database()
        .write(transaction -> {
          var due = now.plus(RetryPlan.AFTER_UNKNOWN);
          parts
              .store()
              .settle(
                  transaction,
                  mail,
                  token,
                  new Settlement(MailState.RETRY_WAIT, now, due, true, null, sentence));
          parts
              .attempts()
              .add(
                  transaction,
                  mail.uid(),
                  new Attempt(
                      0,
                      startedAt,
                      now,
                      relayNumber,
                      "fault",
                      List.of(),
                      "",
                      "",
                      sentence,
                      List.of()));
          return 0;
        });
  }

  private void accepted(
      QueuedMail mail, String token, long relayNumber, Try attempt, Reply reply, Instant now) {
    parts
        .database()
        .write(transaction -> {
          var settlement =
              new Settlement(MailState.DELIVERED, now, now, true, reply.toString(), "");
          parts.store().settle(transaction, mail, token, settlement);
          parts
              .attempts()
              .add(
                  transaction,
                  mail.uid(),
                  new Attempt(
                      0,
                      attempt.startedAt(),
                      now,
                      relayNumber,
                      "accepted",
                      attempt.rungs(),
                      reply.toString(),
                      "",
                      "",
                      List.of()));
          Circuit.accepted(transaction, now);
          if (Circuit.read(transaction).isOpen()) {
            Circuit.close(transaction);
            parts.store().release(transaction, now);
            transaction.afterCommit(parts.wakeup()::wake);
          }
          return 0;
        });
  }

  private void refused(
      QueuedMail mail, String token, long relayNumber, Try attempt, Failure failure, Instant now) {
    var ofMessage = failure.scope() == Failure.Scope.MESSAGE;
    var state = ofMessage ? MailState.FAILED : MailState.RETRY_WAIT;
    var due = now.plus(RetryPlan.waitAfter(mail.attempts() + 1, parts.random()));
    parts
        .database()
        .write(transaction -> {
          parts
              .store()
              .settle(
                  transaction,
                  mail,
                  token,
                  new Settlement(state, now, due, true, null, failure.diagnosis().summary()));
          record(
              transaction,
              mail,
              relayNumber,
              attempt,
              now,
              ofMessage ? "refused" : "later",
              failure);
          return 0;
        });
  }

  /// The relay may have it: again after a quarter of an hour with the same octets, at most
  /// three times, then a person decides.
  private void unknown(
      QueuedMail mail, String token, long relayNumber, Try attempt, Failure failure, Instant now) {
    var again = mail.unknownAttempts() < RetryPlan.UNKNOWN_ATTEMPTS_MAX;
    var due = again ? now.plus(RetryPlan.AFTER_UNKNOWN) : mail.expiresAt();
    var reason =
        again
            ? "The connection broke after the last octet: the relay may have taken it. It is sent again after 15 minutes with the same Message-ID."
            : "Three tries ended without an answer. Ask the relay whether it has the mail, then cancel it or press Retry now.";
    parts
        .database()
        .write(transaction -> {
          parts
              .store()
              .settle(
                  transaction,
                  mail,
                  token,
                  new Settlement(MailState.UNKNOWN, now, due, true, null, reason));
          record(transaction, mail, relayNumber, attempt, now, "unknown", failure);
          return 0;
        });
  }

  private void record(
      Transaction transaction,
      QueuedMail mail,
      long relayNumber,
      Try attempt,
      Instant now,
      String outcome,
      Failure failure) {
    var diagnosis = failure.diagnosis();
    parts
        .attempts()
        .add(
            transaction,
            mail.uid(),
            new Attempt(
                0,
                attempt.startedAt(),
                now,
                relayNumber,
                outcome,
                attempt.rungs(),
                words(failure.reply()),
                diagnosis.cause(),
                diagnosis.summary(),
                diagnosis.remedy()));
  }

  private static String words(@Nullable Reply reply) {
    return reply == null ? "" : reply.toString();
  }
}
