package io.postern.console.outbox;

import io.postern.console.settings.RelayVersion;
import io.postern.smtp.session.CommitPoint;
import org.jspecify.annotations.Nullable;

/// The octets of mails: composed at each try until one comes to the final dot, frozen before it,
/// and the same at every later one.
final class Freezing {
  private final OutboxParts parts;
  private final Composer composer;

  Freezing(OutboxParts parts, Composer composer) {
    this.parts = parts;
    this.composer = composer;
  }

  /// The lease went to another worker while this one was busy.
  static final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// @throws UnreadableLetterException when what the mail says does not open
  byte[] octets(QueuedMail mail, RelayVersion version) {
    byte @Nullable [] frozen =
        mail.isFrozen()
            ? parts.database().read(transaction -> parts.store().content(transaction, mail.uid()))
            : null;
    return frozen != null ? frozen : composer.compose(mail, version);
  }

  /// Makes a mail COMMITTING, and freezes its octets if that was not done before; throws
  /// [LeaseLostException] when it is no longer the caller's.
  CommitPoint committing(QueuedMail mail, String token, byte[] octets) {
    return () -> {
      byte @Nullable [] sealed =
          mail.isFrozen() ? null : parts.store().rows().sealContent(mail.uid(), octets);
      if (!parts
          .database()
          .writeSingle(
              transaction -> parts.store().committing(transaction, mail.uid(), token, sealed))) {
        throw new LeaseLostException();
      }
    };
  }
}
