package io.postern.console.outbox;

import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.session.Failure;
import java.time.Instant;
import java.util.List;

/// A try of one mail by a worker, before it is written down as an [Attempt].
///
/// @param token of the lease under which it was made
/// @param rungs the ladder, as far as it went
record Try(QueuedMail mail, String token, long relayNumber, Instant startedAt, List<Rung> rungs) {
  /// For the log: what came of it could not be written.
  String endedLate(MailState state) {
    return "Mail %s ended as %s after its lease was over; the holder of the new lease decides."
        .formatted(mail.uid(), state);
  }

  Attempt attempt(Instant now, String outcome, String reply, String summary) {
    return new Attempt(
        0, startedAt, now, relayNumber, outcome, rungs, reply, "", summary, List.of());
  }

  Attempt attempt(Instant now, String outcome, Failure failure) {
    var diagnosis = failure.diagnosis();
    var reply = failure.reply();
    return new Attempt(
        0,
        startedAt,
        now,
        relayNumber,
        outcome,
        rungs,
        reply == null ? "" : reply.toString(),
        diagnosis.cause(),
        diagnosis.summary(),
        diagnosis.remedy());
  }
}
