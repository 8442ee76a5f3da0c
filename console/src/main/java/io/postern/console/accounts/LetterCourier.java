package io.postern.console.accounts;

import io.postern.console.letters.Addressee;
import io.postern.console.letters.LetterLink;
import io.postern.console.letters.Letters;
import io.postern.console.letters.MailReadiness;
import io.postern.console.outbox.NewMail;
import io.postern.smtp.Mailbox;
import org.jspecify.annotations.Nullable;

/// Mails links. An activation waits until SMTP is configured; a reset, which lives half an hour,
/// goes only when mail works and only to an address that its owner has proved.
final class LetterCourier implements Courier {
  private final Letters letters;
  private final MailReadiness readiness;

  LetterCourier(Letters letters, MailReadiness readiness) {
    this.letters = letters;
    this.readiness = readiness;
  }

  @Override
  public @Nullable NewMail letter(Account account, Link link) {
    var to = Addressee.ofSystem(Mailbox.parse(account.email()), account.displayName());
    var letterLink = new LetterLink(link.url(), link.expiresAt());
    if (link.purpose() == Link.Purpose.ACTIVATION) {
      return letters.systemActivation(to, letterLink);
    }
    return account.isEmailVerified() && readiness.isMailSetUp()
        ? letters.passwordReset(to, letterLink)
        : null;
  }
}
