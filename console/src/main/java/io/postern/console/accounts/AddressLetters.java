package io.postern.console.accounts;

import io.postern.console.letters.Addressee;
import io.postern.console.letters.LetterLink;
import io.postern.console.outbox.NewMail;
import io.postern.console.platform.database.Transaction;
import io.postern.smtp.Mailbox;
import java.time.Instant;

/// The letters about addresses: each with its link, made and queued in the transaction of what it
/// tells.
record AddressLetters(AccountParts parts) {
  /// Whom a letter to one address of an account is for.
  static Addressee addressee(Account account, String address) {
    var name = (account.firstName() + " " + account.lastName()).strip();
    return new Addressee(Mailbox.parse(address), name, account.tenantUid());
  }

  /// Asks the new address to confirm.
  ///
  /// @return the mail's uid
  String confirm(Transaction tx, Account account, String wanted, String changeUid) {
    var link = issue(tx, Link.Purpose.CONFIRM, account, wanted, changeUid);
    var old = Mailbox.parse(account.email());
    return queue(
        tx, parts.letters().addressConfirm(addressee(account, wanted), old, letterLink(link)));
  }

  /// Tells the present address that a change was asked for.
  void notice(Transaction tx, Account account, String wanted, String changeUid) {
    var old = account.email();
    var link = issue(tx, Link.Purpose.CANCEL, account, old, changeUid);
    queue(
        tx,
        parts
            .letters()
            .addressNotice(addressee(account, old), Mailbox.parse(wanted), letterLink(link)));
  }

  /// Tells the old address that it is no longer the one.
  ///
  /// @param until when it can no longer be brought back. The link itself lives longer, to say then
  ///   what can still be done
  void changed(Transaction tx, Account before, AddressChange change, Instant until) {
    var old = before.email();
    var link = issue(tx, Link.Purpose.CANCEL, before, old, change.uid());
    queue(
        tx,
        parts
            .letters()
            .addressChanged(
                addressee(before, old),
                Mailbox.parse(change.newAddress()),
                new LetterLink(link.url(), until)));
  }

  /// Asks the present address to prove itself.
  void verify(Transaction tx, Account account) {
    var link = issue(tx, Link.Purpose.VERIFY, account, account.email(), "");
    queue(tx, parts.letters().addressVerify(addressee(account, account.email()), letterLink(link)));
  }

  private Link issue(
      Transaction tx, Link.Purpose purpose, Account account, String address, String subject) {
    return parts.links().issue(tx, new Links.Target(purpose, account.uid(), address, subject));
  }

  private String queue(Transaction tx, NewMail letter) {
    return parts.outbox().enqueue(tx, letter);
  }

  private static LetterLink letterLink(Link link) {
    return new LetterLink(link.url(), link.expiresAt());
  }
}
