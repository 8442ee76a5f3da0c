package io.postern.console.letters;

import io.postern.console.outbox.Composer;
import io.postern.console.outbox.QueuedMail;
import io.postern.console.settings.RelayVersion;

/// Renders a queued mail with the sender in force: a changed From or display name reaches letters
/// that still wait (PLAN 8).
final class LetterComposer implements Composer {
  private final LetterPress press;

  LetterComposer(LetterPress press) {
    this.press = press;
  }

  @Override
  public byte[] compose(QueuedMail mail, RelayVersion sender) {
    var letter = press.print(LetterKind.valueOf(mail.kind()), mail.to(), mail.values());
    var values = sender.values();
    var messageId = "<" + mail.messageId() + "@" + values.from().domain() + ">";
    return Mime.pack(
        letter,
        new Mime.Header(
            values.from(),
            values.fromName(),
            values.replyTo(),
            mail.to(),
            messageId,
            mail.createdAt()));
  }
}
