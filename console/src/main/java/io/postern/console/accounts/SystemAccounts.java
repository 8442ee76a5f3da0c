package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Role;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// *Account Management*: the accounts of the system console. A root administrator reaches all, an
/// account administrator all but root's; nobody deletes or demotes the last root or themselves.
public final class SystemAccounts {
  public static final int PAGE_ROWS = 25;

  private static final Audit.Object NOBODY_YET = new Audit.Object("account", "", "new account");

  private final SystemParts parts;
  private final AccountLinks links;
  private final Handovers handovers;
  private final Roots roots;

  SystemAccounts(SystemParts parts, AccountLinks links) {
    this.parts = parts;
    this.links = links;
    this.handovers = parts.handovers();
    this.roots = parts.roots();
  }

  /// An account with the link that sets its password.
  ///
  /// @param link absent when none lives
  public record Entry(Account account, @Nullable LinkState link) {
    /// Whether its owner can neither sign in nor set a password.
    public boolean isStranded() {
      return account.state() == Account.State.PENDING && link == null;
    }
  }

  /// One page of a list.
  ///
  /// @param total how many there are on all pages
  public record Page(List<Entry> entries, long total) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /// Ordered by address.
  ///
  /// @param text part of the address or the name; empty: all
  public Page list(String text, int offset, int limit) {
    return parts
        .database()
        .read(tx -> {
          var found =
              parts.accounts().list(tx, null).stream()
                  .filter(account -> holds(account, text))
                  .toList();
          var rows = found.stream().skip(offset).limit(limit).map(account -> entry(tx, account));
          return new Page(rows.toList(), found.size());
        });
  }

  /// @return null when there is none
  public @Nullable Entry find(String uid) {
    return parts
        .database()
        .read(tx -> {
          var account = systemAccount(tx, uid);
          return account == null ? null : entry(tx, account);
        });
  }

  /// @return null when no system account has this address
  public @Nullable Entry findByEmail(String email) {
    return parts
        .database()
        .read(tx -> {
          var account = parts.accounts().findByEmail(tx, null, email);
          return account == null ? null : entry(tx, account);
        });
  }

  /// Makes account, activation link and letter in one transaction: all of them or nothing.
  ///
  /// @throws io.postern.console.outbox.OutboxFullException when no mail is taken at present
  public AccountChange create(Actor actor, NewSystemAccount wanted) {
    parts.outbox().requireRoom();
    return parts
        .database()
        .write(tx -> {
          if (wanted.role() == Role.ROOT && actor.role() != Role.ROOT) {
            return rootOnly(tx, actor, NOBODY_YET, "create a root account");
          }
          var made =
              parts
                  .accounts()
                  .create(
                      tx,
                      new NewAccount(
                          null,
                          wanted.role(),
                          wanted.email().toString(),
                          wanted.firstName(),
                          wanted.lastName(),
                          actor.email()));
          if (made == null) {
            return new AccountChange.Refused(
                AccountChange.Obstacle.ADDRESS_TAKEN,
                "%s has a system account already. Take another address.".formatted(wanted.email()));
          }
          links.first(tx, made);
          var sentence = "Created as " + made.role().label();
          return done(tx, actor, Audit.Action.CREATE, made, sentence);
        });
  }

  /// Removes the account with its sessions, keys and links; a letter that still waits is cancelled.
  ///
  /// @param typed the account's address as the operator typed it; nothing happens when it is
  ///   another
  public AccountChange delete(Actor actor, String uid, String typed) {
    return parts
        .database()
        .write(tx -> {
          var account = systemAccount(tx, uid);
          if (account == null) {
            return new AccountChange.NotFound();
          }
          var refused = refusal(tx, actor, account);
          if (refused != null) {
            return refused;
          }
          if (!Accounts.key(account.email()).equals(Accounts.key(typed))) {
            return new AccountChange.Refused(
                AccountChange.Obstacle.ADDRESS_DIFFERS,
                "The address does not match. Type %s to delete the account."
                    .formatted(account.email()));
          }
          handovers.withdraw(tx, account);
          parts.accounts().delete(tx, uid);
          return done(
              tx, actor, Audit.Action.DELETE, account, "Deleted with its sessions, keys and links");
        });
  }

  /// Gives the account another role, which holds from its next request on.
  public AccountChange changeRole(Actor actor, String uid, Role role) {
    return parts
        .database()
        .write(tx -> {
          var account = systemAccount(tx, uid);
          if (account == null) {
            return new AccountChange.NotFound();
          }
          if (role == Role.ROOT && actor.role() != Role.ROOT) {
            var what = "make somebody a Root Administrator";
            return rootOnly(tx, actor, SignIn.object(account), what);
          }
          var refused = refusal(tx, actor, account);
          if (refused != null) {
            return refused;
          }
          if (account.role() == role) {
            return new AccountChange.Refused(
                AccountChange.Obstacle.ROLE_UNCHANGED,
                "%s is %s already. Choose another role.".formatted(account.email(), role.label()));
          }
          parts.accounts().setRole(tx, uid, role);
          var sentence =
              "The role was changed from %s to %s".formatted(account.role().label(), role.label());
          return done(tx, actor, Audit.Action.UPDATE, account, sentence);
        });
  }

  /// What keeps the actor from an account of a higher role; it is written down.
  ///
  /// @param what is done to it, such as `delete`
  AccountChange.@Nullable Refused outOfReach(
      Transaction tx, Actor actor, Account account, String what) {
    return account.role() == Role.ROOT && actor.role() != Role.ROOT
        ? rootOnly(tx, actor, SignIn.object(account), what + " a root account")
        : null;
  }

  private AccountChange.@Nullable Refused refusal(Transaction tx, Actor actor, Account account) {
    var beyond = outOfReach(tx, actor, account, "change or delete");
    if (beyond != null) {
      return beyond;
    }
    if (account.uid().equals(actor.uid())) {
      return new AccountChange.Refused(
          AccountChange.Obstacle.OWN_ACCOUNT,
          "This is your own account. Another administrator can delete it or change its role.");
    }
    return roots.isLast(tx, account)
        ? new AccountChange.Refused(
            AccountChange.Obstacle.LAST_ROOT,
            "%s is the only Root Administrator who can sign in. Create another one first."
                .formatted(account.email()))
        : null;
  }

  private Entry entry(Transaction tx, Account account) {
    return new Entry(account, handovers.living(tx, account));
  }

  @Nullable Account systemAccount(Transaction tx, String uid) {
    var account = parts.accounts().find(tx, uid);
    return account == null || account.tenantUid() != null ? null : account;
  }

  private AccountChange done(
      Transaction tx, Actor actor, Audit.Action action, Account account, String sentence) {
    var auditUid = parts.audit().record(tx, actor, action, SignIn.object(account), sentence);
    return new AccountChange.Done(account, auditUid);
  }

  private AccountChange.Refused rootOnly(
      Transaction tx, Actor actor, Audit.Object object, String what) {
    parts.audit().refused(tx, actor, object, "Refused: only a Root Administrator can " + what);
    return new AccountChange.Refused(
        AccountChange.Obstacle.ROOT_ONLY, "Only a Root Administrator can %s.".formatted(what));
  }

  private static boolean holds(Account account, String text) {
    var wanted = text.strip().toLowerCase(Locale.ROOT);
    return Accounts.key(account.email()).contains(wanted)
        || account.displayName().toLowerCase(Locale.ROOT).contains(wanted);
  }
}
