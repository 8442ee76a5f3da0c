package io.postern.console.settings;

import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.smtp.diagnosis.Verdict;

/// What validations leave behind: an entry of the audit log, and the link in a test message.
final class ValidationLog {
  private final Database database;
  private final Audit audit;
  private final Arrivals arrivals;

  ValidationLog(Database database, Audit audit, Arrivals arrivals) {
    this.database = database;
    this.audit = audit;
    this.arrivals = arrivals;
  }

  /// The link for the message that this validation is about to send.
  String link(Actor actor, Validations.Request request, String uid) {
    var to = request.testRecipient();
    return arrivals.issue(actor, uid, to.isEmpty() ? request.values().from().toString() : to);
  }

  /// A validation with a message ended.
  void messageEnded(String uid, Verdict verdict) {
    arrivals.judged(uid, verdict);
  }

  /// @return the entry of the audit log
  String ended(Actor actor, RelayDraft values, Verdict verdict, boolean cancelled) {
    var diagnosis = verdict.diagnosis();
    var sentence =
        cancelled
            ? "Cancelled the validation of %s."
            : diagnosis == null
                ? "Validated %s: it works."
                : "Validated %s: " + diagnosis.cause() + ".";
    return database.write(transaction ->
        audit.record(
            transaction,
            actor,
            Audit.Action.ACTIVITY,
            new Audit.Object("smtp", "", values.host().ascii()),
            sentence.formatted(values.host() + ":" + values.port())));
  }
}
