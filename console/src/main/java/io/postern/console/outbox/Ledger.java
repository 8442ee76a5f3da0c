package io.postern.console.outbox;

import io.postern.console.platform.database.Transaction;
import io.postern.console.settings.RelaySettings;
import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import io.postern.smtp.session.Failure;
import io.postern.smtp.session.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down what became of a try: the mail's next state, the attempt with its ladder, the
/// circuit. A try whose lease was lost changes no mail and keeps no attempt; what it heard
/// of the relay counts all the same.
final class Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private final OutboxParts parts;
  private final RelaySettings settings;
  private final Insistence insistence;
  private final LastAccepted last;

  Ledger(OutboxParts parts, RelaySettings settings) {
    this.parts = parts;
    this.insistence = new Insistence(parts);
    this.last = new LastAccepted(parts, insistence);
    this.settings = settings;
  }

  void stop() {
    insistence.stop();
  }

  /// @return whether the relay may be asked to take the next mail
  boolean settle(Try tried, Outcome outcome) {
    complete();
    var now = parts.clock().instant();
    return switch (outcome) {
      case Outcome.Accepted(var reply) -> accepted(tried, reply, now);
      case Outcome.Refused(var failure) when Throttle.isComplaint(failure) ->
          tooMuch(tried, failure, now);
      case Outcome.Refused(var failure) when failure.scope() == Failure.Scope.DESTINATION ->
          isOfOneMail(failure.stage()) ? suspect(tried, failure, now) : blame(tried, failure);
      case Outcome.Refused(var failure) -> refused(tried, failure, now);
      case Outcome.Unknown(var failure) -> unknown(tried, failure, now);
    };
  }

  /// The relay is at fault: the mails wait, none is used up, and the circuit opens.
  /// Unless other settings are in force by now: then they are tried at once.
  ///
  /// @param others leased with this one, and not tried
  void park(Try tried, List<QueuedMail> others, Failure failure) {
    complete();
    var now = parts.clock().instant();
    var entry = AttemptStore.entry(tried.attempt(now, "parked", failure));
    insistence.write(transaction -> {
      var newest = settings.inForce(transaction);
      var current = newest != null && newest.number() == tried.relayNumber();
      var state = current ? MailState.PARKED : MailState.QUEUED;
      var summary = failure.diagnosis().summary();
      var settlement = new Settlement(state, now, now, false, null, summary);
      var settled = new MailStore.Settled(settlement, entry);
      for (var mail : others) {
        parts.store().settle(transaction, mail, tried.token(), settlement);
      }
      parts.store().settle(transaction, tried.mail(), tried.token(), settled);
      if (current) {
        Circuit.open(transaction, failure, now);
        learn(transaction, tried, failure, now);
      }
      return 0;
    });
    parts.successes().doubted();
  }

  /// Mails that were leased and not tried go back as they were.
  void giveBack(List<QueuedMail> mails, String token) {
    if (mails.isEmpty()) {
      return;
    }
    parts
        .database()
        .write(transaction -> {
          mails.forEach(mail -> parts.store().giveBack(transaction, mail.uid(), token));
          return 0;
        });
  }

  /// Something in Postern broke. Before COMMITTING the mail is tried later; after it nobody knows
  /// what the relay has.
  ///
  /// @param sentence what broke, for the operator
  void fault(Try tried, String sentence) {
    var now = parts.clock().instant();
    var committed =
        parts
            .database()
            .read(transaction ->
                parts.store().isCommitting(transaction, tried.mail().uid(), tried.token()));
    var settlement =
        committed
            ? Settlement.unknown(tried.mail(), now, sentence)
            : new Settlement(
                MailState.RETRY_WAIT, now, now.plus(RetryPlan.AFTER_FAULT), true, null, sentence);
    write(tried, settlement, tried.attempt(now, "fault", "", sentence), _ -> {});
  }

  /// The next mail need not wait for it, only its final dot: see [#complete].
  private boolean accepted(Try tried, Reply reply, Instant now) {
    var settlement = new Settlement(MailState.DELIVERED, now, now, true, reply.toString(), "");
    var attempt = tried.attempt(now, "accepted", reply.toString(), "");
    last.begin(tried, new MailStore.Settled(settlement, AttemptStore.entry(attempt)));
    return true;
  }

  /// Returns when what the relay took last is on disk: asked before the final dot of the next mail,
  /// and at the end of a batch, while its lease is kept.
  void complete() {
    last.complete();
  }

  /// A reply about one message shows as well that the relay works, be it refused or put off.
  private boolean refused(Try tried, Failure failure, Instant now) {
    var ofMessage = failure.scope() == Failure.Scope.MESSAGE;
    var state = ofMessage ? MailState.FAILED : MailState.RETRY_WAIT;
    var due = now.plus(RetryPlan.waitAfter(tried.mail().attempts() + 1, parts.random()));
    var settlement = new Settlement(state, now, due, true, null, failure.diagnosis().summary());
    var attempt = tried.attempt(now, ofMessage ? "refused" : "later", failure);
    write(tried, settlement, attempt, parts::relayWorks);
    return true;
  }

  private boolean unknown(Try tried, Failure failure, Instant now) {
    var settlement =
        Settlement.unknown(
            tried.mail(), now, "The connection broke after the last octet of the message.");
    write(tried, settlement, tried.attempt(now, "unknown", failure), _ -> {});
    return true;
  }

  private boolean blame(Try tried, Failure failure) {
    park(tried, List.of(), failure);
    return false;
  }

  /// The words blame the relay, but were said about one recipient or one content. The mail waits
  /// without using an attempt up; the circuit opens only when several say so in a row.
  private boolean suspect(Try tried, Failure failure, Instant now) {
    int suspects = parts.database().write(transaction -> Circuit.suspect(transaction, now));
    parts.successes().doubted();
    if (suspects >= Circuit.SUSPECTS_MAX) {
      return blame(tried, failure);
    }
    write(tried, later(tried, failure, now), tried.attempt(now, "later", failure), _ -> {});
    return true;
  }

  /// The relay gets too much: from now on it gets less. No attempt is used up.
  private boolean tooMuch(Try tried, Failure failure, Instant now) {
    write(
        tried,
        later(tried, failure, now),
        tried.attempt(now, "later", failure),
        transaction -> {
          parts.relayWorks(transaction);
          learn(transaction, tried, failure, now);
        });
    return false;
  }

  private Settlement later(Try tried, Failure failure, Instant now) {
    int tries = parts.database().read(tx -> parts.attempts().count(tx, tried.mail().uid()));
    var due = now.plus(RetryPlan.waitAfter(tries + 1, parts.random()));
    return new Settlement(
        MailState.RETRY_WAIT, now, due, false, null, failure.diagnosis().summary());
  }

  private void learn(Transaction transaction, Try tried, Failure failure, Instant now) {
    var newest = settings.inForce(transaction);
    if (newest != null && newest.number() == tried.relayNumber()) {
      Throttle.learn(transaction, newest, failure, now);
    }
  }

  private void write(
      Try tried, Settlement settlement, Attempt attempt, Consumer<Transaction> then) {
    var settled = new MailStore.Settled(settlement, AttemptStore.entry(attempt));
    boolean held =
        insistence.write(transaction -> {
          var made = parts.store().settle(transaction, tried.mail(), tried.token(), settled);
          if (made) {
            then.accept(transaction);
          }
          return made;
        });
    if (!held) {
      LOG.warn(tried.endedLate(settlement.state()));
    }
  }

  private static boolean isOfOneMail(Stage stage) {
    return stage == Stage.RCPT_TO || stage == Stage.DATA;
  }
}
