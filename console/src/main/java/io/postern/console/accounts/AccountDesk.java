package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.outbox.Desk;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Standalone;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Role;
import io.postern.console.settings.InstanceSettings;
import io.postern.smtp.Mailbox;
import java.util.Objects;

/// System accounts at the terminal, beside a running server or without one: for when nobody can
/// sign in any more. Whoever can read database and key may do everything; nothing is mailed.
public final class AccountDesk implements AutoCloseable {
  private final Desk desk;
  private final SystemParts parts;
  private final InstanceSettings instance;
  private final AccountLinks links;
  private final SystemAccounts accounts;
  private final Passwords passwords;

  private AccountDesk(Desk desk, InstanceSettings instance) {
    this.desk = desk;
    this.instance = instance;
    this.parts = parts(desk, instance);
    this.links = new AccountLinks(parts);
    this.accounts = new SystemAccounts(parts, links);
    var inside = desk.standalone();
    this.passwords =
        new Passwords(
            parts.accounts(),
            new Sessions(inside.clock(), inside.random(), inside.uids()),
            parts.links(),
            new PasswordHashes(PasswordCost.TODAY, inside.random()),
            new Throttle(inside.clock()));
  }

  /// @throws io.postern.console.platform.UnusableSettingException when there is no instance to open
  public static AccountDesk open(ProcessSettings settings) {
    var desk = Desk.open(settings);
    var inside = desk.standalone();
    return new AccountDesk(desk, new InstanceSettings(settings, inside.database(), inside.clock()));
  }

  public SystemAccounts accounts() {
    return accounts;
  }

  public AccountLinks links() {
    return links;
  }

  public Passwords passwords() {
    return passwords;
  }

  /// Where links of this instance lead.
  public InstanceSettings instance() {
    return instance;
  }

  /// Whoever sits at the terminal.
  public Actor actor() {
    return new Actor("system", "command line", Role.ROOT, null, parts.clock().instant(), "local");
  }

  /// Sets the password: sessions and links of the account end, a pending account becomes active.
  public void setPassword(Account account, Passwords.Hashed password) {
    parts
        .database()
        .write(tx -> {
          parts.handovers().withdraw(tx, account);
          passwords.set(tx, account, password, "");
          return record(tx, account, "The password was set on the command line");
        });
  }

  /// Takes the second factor off an account whose owner has lost it: its passkeys, its recovery
  /// codes and its sessions end. The password stays.
  ///
  /// @return how many passkeys there were
  public int removePasskeys(Account account) {
    var inside = desk.standalone();
    return parts
        .database()
        .write(tx -> {
          var removed = new Passkeys(inside.clock(), inside.uids()).removeAll(tx, account.uid());
          tx.jdbc()
              .sql("delete from recovery_code where account_uid = ?")
              .param(account.uid())
              .update();
          new Sessions(inside.clock(), inside.random(), inside.uids())
              .endAll(tx, account.uid(), "");
          record(
              tx,
              account,
              "%s and the recovery codes were removed on the command line"
                  .formatted(removed == 1 ? "1 passkey" : removed + " passkeys"));
          return removed;
        });
  }

  /// Replaces the address without mail. It counts as not verified. Every link of the account ends,
  /// also those by which an old address could undo a change: whoever has the machine has the last
  /// word.
  public AccountChange setEmail(Account account, Mailbox email) {
    return parts
        .database()
        .write(tx -> {
          if (!parts.accounts().setEmail(tx, account, email.toString(), false)) {
            return new AccountChange.Refused(
                AccountChange.Obstacle.ADDRESS_TAKEN,
                "%s belongs to another system account.".formatted(email));
          }
          parts.handovers().withdraw(tx, account);
          parts.links().revokeAll(tx, account.uid());
          parts.links().revoke(tx, account.uid(), Link.Purpose.CANCEL, LinkEnding.OVERTAKEN);
          endChange(tx, account);
          var auditUid =
              record(
                  tx,
                  account,
                  "The address was changed from %s to %s on the command line"
                      .formatted(account.email(), email));
          var changed = Objects.requireNonNull(parts.accounts().find(tx, account.uid()));
          return new AccountChange.Done(changed, auditUid);
        });
  }

  @Override
  public void close() {
    desk.close();
  }

  /// A change that waits for its new address is overtaken, and so is its letter.
  private void endChange(Transaction tx, Account account) {
    var changes = new AddressChanges();
    changes.lock(tx, account.uid());
    var pending = changes.pending(tx, account.uid());
    if (pending != null) {
      var now = parts.clock().instant();
      changes.end(tx, pending.uid(), AddressChange.State.SUPERSEDED, now);
      parts.outbox().cancel(tx, pending.confirmMailUid());
    }
  }

  private String record(Transaction tx, Account account, String sentence) {
    return parts.audit().record(tx, actor(), Audit.Action.UPDATE, SignIn.object(account), sentence);
  }

  private static SystemParts parts(Desk desk, InstanceSettings instance) {
    Standalone inside = desk.standalone();
    return new SystemParts(
        inside.database(),
        new Accounts(inside.clock(), inside.uids()),
        new Links(inside.clock(), inside.random(), inside.uids(), inside.box(), instance::baseUrl),
        desk.outbox(),
        Courier.NONE,
        new Audit(inside.clock(), inside.uids()),
        inside.clock());
  }
}
