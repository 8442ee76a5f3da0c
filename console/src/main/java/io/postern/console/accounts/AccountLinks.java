package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Role;
import org.jspecify.annotations.Nullable;

/// The link with which the owner of a system account sets a password: the activation link before
/// the first one, a reset link afterwards. At any time at most one lives, and it can be shown until
/// it is used or expires, so that mail is never the only way (PLAN 9).
public final class AccountLinks {
  private final SystemParts parts;
  private final Handovers handovers;

  AccountLinks(SystemParts parts) {
    this.parts = parts;
    this.handovers = parts.handovers();
  }

  /// What came of asking for a link.
  public sealed interface Outcome {
    /// @param link holds a secret; for the eyes of who asked only when it was asked to be shown
    /// @param isMailed whether a letter carries it
    record Given(Account account, Link link, boolean isMailed, String auditUid)
        implements Outcome {}

    /// @param sentence why not
    record Refused(String sentence) implements Outcome {}

    record NotFound() implements Outcome {}
  }

  /// Shows the living link, the very one that a letter may carry; makes one when none lives.
  public Outcome show(Actor actor, String uid) {
    return parts
        .database()
        .write(tx -> {
          var account = systemAccount(tx, uid);
          if (account == null) {
            return new Outcome.NotFound();
          }
          return reaches(actor, account) ? shown(tx, actor, account) : rootOnly(tx, actor, account);
        });
  }

  /// Makes a new link and mails it where that can be; the one before ends, and so does its letter
  /// when it still waits.
  ///
  /// @param isShown whether the caller shows it, too
  /// @throws io.postern.console.outbox.OutboxFullException when no mail is taken at present
  public Outcome renew(Actor actor, String uid, boolean isShown) {
    return parts
        .database()
        .write(tx -> {
          var account = systemAccount(tx, uid);
          if (account == null) {
            return new Outcome.NotFound();
          }
          return reaches(actor, account)
              ? renewed(tx, actor, account, isShown)
              : rootOnly(tx, actor, account);
        });
  }

  /// Makes the first link of an account that was just created, and its letter.
  void first(Transaction tx, Account account) {
    issue(tx, account, parts.courier());
  }

  private Outcome shown(Transaction tx, Actor actor, Account account) {
    var before = handovers.living(tx, account);
    var living = parts.links().shown(tx, account.uid(), Handovers.purposeFor(account));
    // Nothing is mailed here: whoever looks at a new link is there to hand it over.
    var link = living == null ? issue(tx, account, Courier.NONE).link() : living;
    handovers.markShown(tx, link.uid());
    var isMailed = living != null && before != null && before.mailUid() != null;
    var auditUid = record(tx, actor, account, "%s was shown".formatted(what(link)));
    return new Outcome.Given(account, link, isMailed, auditUid);
  }

  private Outcome renewed(Transaction tx, Actor actor, Account account, boolean isShown) {
    var issued = issue(tx, account, parts.courier());
    if (isShown) {
      handovers.markShown(tx, issued.link().uid());
    }
    var sentence =
        "%s was made%s%s"
            .formatted(
                what(issued.link()),
                issued.isMailed() ? ", and a letter with it queued" : "",
                isShown ? ", and shown" : "");
    var auditUid = record(tx, actor, account, sentence);
    return new Outcome.Given(account, issued.link(), issued.isMailed(), auditUid);
  }

  private Issued issue(Transaction tx, Account account, Courier courier) {
    handovers.withdraw(tx, account);
    var target =
        new Links.Target(Handovers.purposeFor(account), account.uid(), account.email(), "");
    var link = parts.links().issue(tx, target);
    var letter = courier.letter(account, link);
    @Nullable String mailUid = letter == null ? null : parts.outbox().enqueue(tx, letter);
    handovers.begin(tx, link.uid(), mailUid);
    return new Issued(link, mailUid != null);
  }

  private String record(Transaction tx, Actor actor, Account account, String sentence) {
    return parts.audit().record(tx, actor, Audit.Action.LINK, SignIn.object(account), sentence);
  }

  private @Nullable Account systemAccount(Transaction tx, String uid) {
    var account = parts.accounts().find(tx, uid);
    return account == null || account.tenantUid() != null ? null : account;
  }

  private static boolean reaches(Actor actor, Account account) {
    return actor.role() == Role.ROOT || account.role() != Role.ROOT;
  }

  private Outcome rootOnly(Transaction tx, Actor actor, Account account) {
    var what = "make or see the links of a root account";
    parts
        .audit()
        .refused(
            tx, actor, SignIn.object(account), "Refused: only a Root Administrator can " + what);
    return new Outcome.Refused("Only a Root Administrator can " + what + ".");
  }

  private static String what(Link link) {
    return link.purpose() == Link.Purpose.ACTIVATION
        ? "The activation link"
        : "A password reset link";
  }

  private record Issued(Link link, boolean isMailed) {}
}
