package io.postern.console.accounts;

import io.postern.console.letters.MailWarning;
import io.postern.console.outbox.Mails;
import io.postern.console.settings.RelaySettings;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Whether a letter that is queued now would go out. What cannot be finished without its letter is
/// not begun while it would not.
final class WorkingMail {
  private final RelaySettings relay;
  private final Mails mails;
  private final InstantSource clock;

  WorkingMail(RelaySettings relay, Mails mails, InstantSource clock) {
    this.relay = relay;
    this.mails = mails;
    this.clock = clock;
  }

  /// Why no letter goes out, for an operator, with where to mend it.
  ///
  /// @return null when letters go out
  @Nullable MailWarning trouble() {
    var version = relay.inForce();
    if (version == null) {
      return smtp("No SMTP server is saved yet, so no letter goes out.");
    }
    if (!version.isUsable()) {
      return smtp(
          "The stored SMTP password cannot be read, so no letter goes out until it is entered again.");
    }
    var health = mails.health();
    // Once the wait is over the next letter is tried at once, whatever befell the last.
    if (health.held() && clock.instant().isBefore(health.nextTryAt())) {
      return smtp("No letter goes out at present: the mail server fails. " + health.summary());
    }
    return health.paused()
        ? new MailWarning(
            "No letter goes out at present: sending is paused.", "Mail", "/system/mail")
        : null;
  }

  private static MailWarning smtp(String sentence) {
    return new MailWarning(sentence, "Administration, SMTP", "/system/administration/smtp");
  }
}
