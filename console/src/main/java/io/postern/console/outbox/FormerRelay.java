package io.postern.console.outbox;

import io.postern.console.platform.database.Transaction;
import io.postern.console.settings.RelayVersion;
import io.postern.smtp.session.CommitPoint;
import io.postern.smtp.session.Envelope;
import io.postern.smtp.session.Failure;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.Outcome;
import io.postern.smtp.session.Submission;
import io.postern.smtp.session.Watch;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The relay that was in force before. It takes letters about its own replacement and nothing else
/// once, in one session, past the outbox, whose mail goes through the relay in force. So
/// they are not kept and not tried again; what must arrive is queued besides.
public final class FormerRelay {
  private static final CommitPoint NOT_KEPT = () -> {};

  private final OutboxParts parts;
  private final Composer composer;
  private final Network network;

  FormerRelay(OutboxParts parts, Composer composer, Network network) {
    this.parts = parts;
    this.composer = composer;
    this.network = network;
  }

  /// Whether nothing may be sent through it: sending is paused, or it is at fault, and one more
  /// wrong password would help to lock an account. To be asked before the next version counts.
  public boolean isHeldBack(Transaction transaction) {
    var state = Circuit.read(transaction);
    return state.paused() || state.isOpen();
  }

  /// What came of it.
  ///
  /// @param accepted how many letters it took
  /// @param failure why it did not take the others, in a sentence; absent when it took all
  public record Answer(int accepted, @Nullable String failure) {}

  /// Hands the letters over, with the sender of that version. Waits as long as the relay's
  /// deadlines let it; interrupting the thread ends that.
  public Answer send(RelayVersion version, List<NewMail> letters) {
    return switch (Submission.open(version.relay(), network, Watch.NOBODY)) {
      case Submission.Opening.Failed(var failure, _, _) -> new Answer(0, why(failure));
      case Submission.Opening.Ready(var submission, _) -> {
        try (submission) {
          yield send(submission, version, letters);
        }
      }
    };
  }

  private Answer send(Submission submission, RelayVersion version, List<NewMail> letters) {
    var accepted = 0;
    @Nullable String failed = null;
    for (var letter : letters) {
      if (!submission.isUsable()) {
        break;
      }
      var mail = mail(letter);
      var envelope = new Envelope(version.values().from(), mail.to(), mail.uid());
      switch (submission.send(envelope, composer.compose(mail, version), NOT_KEPT)) {
        case Outcome.Accepted _ -> accepted++;
        case Outcome.Refused(var failure) -> failed = why(failure);
        case Outcome.Unknown(var failure) -> failed = why(failure);
      }
    }
    return new Answer(accepted, failed);
  }

  private QueuedMail mail(NewMail letter) {
    var now = Instant.ofEpochMilli(parts.clock().millis());
    var chance = new byte[16];
    parts.random().nextBytes(chance);
    return new QueuedMail(
        parts.uids().next(),
        letter.kind(),
        letter.to(),
        letter.subject(),
        letter::values,
        HexFormat.of().formatHex(chance),
        MailState.LEASED,
        letter.priority(),
        letter.tenantUid(),
        now,
        now,
        letter.expiresAt(),
        0,
        0,
        false,
        null,
        "",
        false);
  }

  private static String why(Failure failure) {
    return failure.diagnosis().summary();
  }
}
