package io.postern.console.accounts;

import io.postern.console.letters.Addressee;
import io.postern.console.outbox.OutboxFullException;
import io.postern.smtp.Mailbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the owner of an account by letter what happened to the ways into it, when letters go out.
/// What is told has happened already: a letter that cannot be queued stops nothing.
final class AccountNotices {
  private static final Logger LOG = LoggerFactory.getLogger(AccountNotices.class);

  private final AccountParts parts;
  private final WorkingMail mail;

  AccountNotices(AccountParts parts, WorkingMail mail) {
    this.parts = parts;
    this.mail = mail;
  }

  /// @param event a sentence without its full stop
  void tell(Account account, String event) {
    if (mail.trouble() != null) {
      return;
    }
    var name = (account.firstName() + " " + account.lastName()).strip();
    var to = new Addressee(Mailbox.parse(account.email()), name, account.tenantUid());
    try {
      parts
          .database()
          .write(tx -> parts.outbox().enqueue(tx, parts.letters().accountNotice(to, event)));
    } catch (OutboxFullException e) {
      LOG.warn("A notice about an account was not sent: {}", e.getMessage());
    }
  }
}
