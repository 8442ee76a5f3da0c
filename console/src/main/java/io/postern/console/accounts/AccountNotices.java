package io.postern.console.accounts;

import io.postern.console.letters.Addressee;
import io.postern.console.outbox.OutboxFullException;
import io.postern.console.platform.database.Transaction;
import io.postern.console.settings.RelaySettings;
import io.postern.smtp.Mailbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the owner of an account by letter what happened to the ways into it. The letter is queued
/// with what it tells, so a kill between the two loses neither; a mail server that fails at
/// present only makes it wait.
final class AccountNotices {
  private static final Logger LOG = LoggerFactory.getLogger(AccountNotices.class);

  private final AccountParts parts;
  private final RelaySettings relay;

  AccountNotices(AccountParts parts, RelaySettings relay) {
    this.parts = parts;
    this.relay = relay;
  }

  /// Queues nothing while no mail server was ever saved, or while the disk is nearly full: the
  /// change itself must not fail for its notice.
  ///
  /// @param event a sentence without its full stop
  void tell(Transaction tx, Account account, String event) {
    if (relay.inForce(tx) == null) {
      return;
    }
    var name = (account.firstName() + " " + account.lastName()).strip();
    var to = new Addressee(Mailbox.parse(account.email()), name, account.tenantUid());
    try {
      parts.outbox().enqueue(tx, parts.letters().accountNotice(to, event));
    } catch (OutboxFullException e) {
      LOG.warn("A notice about an account was not sent: {}", e.getMessage());
    }
  }
}
