package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.letters.MailWarning;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import io.postern.smtp.Mailbox;
import io.postern.smtp.Secret;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What somebody who is signed in asks for their own address: to change it, to give a change up, to
/// get the letter that verifies it. Each change, its links and its letters are one transaction.
public final class AddressRequests {
  /// Each request sends two letters, one of them to an address that its owner may not own.
  static final int CHANGES_PER_HOUR_MAX = 5;

  static final int VERIFICATIONS_PER_HOUR_MAX = 3;
  private static final Duration HOUR = Duration.ofHours(1);

  private final AccountParts parts;
  private final AddressChanges changes;
  private final SignIn signIn;
  private final WorkingMail mail;
  private final AddressLetters letters;

  AddressRequests(AccountParts parts, AddressChanges changes, SignIn signIn, WorkingMail mail) {
    this.parts = parts;
    this.changes = changes;
    this.signIn = signIn;
    this.mail = mail;
    this.letters = new AddressLetters(parts);
  }

  /// What came of a request.
  public sealed interface Outcome {
    /// The letters are queued, or the change is given up.
    record Done(String auditUid) implements Outcome {}

    /// @param field the one that is wrong: `email`, `password`, or empty
    /// @param code for programs, such as `address-taken`
    record Refused(int status, String field, String code, String sentence) implements Outcome {}

    /// Nothing was begun, because its letter would not go out.
    record NoMail(MailWarning trouble) implements Outcome {}
  }

  /// Asks for another address. The old one stays in force until the new one is confirmed.
  ///
  /// @param password the actor's, once more
  /// @throws io.postern.console.outbox.OutboxFullException when no mail is taken at present
  public Outcome change(Actor actor, Mailbox wanted, Secret password) {
    var trouble = mail.trouble();
    if (trouble != null) {
      return new Outcome.NoMail(trouble);
    }
    return switch (signIn.judgeAgain(actor, password)) {
      case SignIn.Judgment.Wrong(var status, var sentence, _) ->
          new Outcome.Refused(
              status, "password", status == 429 ? "too-many-tries" : "wrong-password", sentence);
      case SignIn.Judgment.Right _, SignIn.Judgment.Half _ ->
          parts.database().write(tx -> apply(tx, actor, wanted.toString()));
    };
  }

  /// Gives the change up that waits. Needs no password: it only keeps what is in force.
  public Outcome withdraw(Actor actor) {
    return parts
        .database()
        .write(tx -> {
          changes.lock(tx, actor.uid());
          var pending = changes.pending(tx, actor.uid());
          if (pending == null) {
            return nothingWaits();
          }
          replace(tx, pending, AddressChange.State.CANCELLED);
          return new Outcome.Done(
              record(tx, actor, "The change of the address to %s was given up", pending));
        });
  }

  /// Sends the letter that verifies the present address, once more if need be; the link before
  /// ends.
  ///
  /// @throws io.postern.console.outbox.OutboxFullException when no mail is taken at present
  public Outcome verify(Actor actor) {
    var trouble = mail.trouble();
    return trouble == null
        ? parts.database().write(tx -> verify(tx, actor))
        : new Outcome.NoMail(trouble);
  }

  /// What [#change] does once the password was found right.
  Outcome apply(Transaction tx, Actor actor, String wanted) {
    changes.lock(tx, actor.uid());
    var account = Objects.requireNonNull(parts.accounts().find(tx, actor.uid()));
    var refusal = refuse(tx, account, wanted);
    if (refusal != null) {
      return refusal;
    }
    var before = changes.pending(tx, account.uid());
    if (before != null) {
      var waited = parts.links().livesUntil(tx, account.uid(), Link.Purpose.CONFIRM) != null;
      replace(tx, before, waited ? AddressChange.State.SUPERSEDED : AddressChange.State.EXPIRED);
    }
    var change = begin(tx, account, wanted);
    return new Outcome.Done(record(tx, actor, "Asked to change the address to %s", change));
  }

  private Outcome.@Nullable Refused refuse(Transaction tx, Account account, String wanted) {
    if (Accounts.key(wanted).equals(Accounts.key(account.email()))) {
      return new Outcome.Refused(
          409, "email", "address-unchanged", "This is the address of your account already.");
    }
    if (parts.accounts().findByEmail(tx, account.tenantUid(), wanted) != null) {
      return new Outcome.Refused(
          409,
          "email",
          "address-taken",
          "Another account has this address. Each account needs its own.");
    }
    return parts.throttle().take(tx, "address-change/" + account.uid(), CHANGES_PER_HOUR_MAX, HOUR)
        ? null
        : tooOften("%d changes were asked for within an hour".formatted(CHANGES_PER_HOUR_MAX));
  }

  /// Both letters, or neither: who can read the new address must not be the only one to know.
  private AddressChange begin(Transaction tx, Account account, String wanted) {
    var uid = parts.uids().next();
    var confirmMailUid = letters.confirm(tx, account, wanted, uid);
    letters.notice(tx, account, wanted, uid);
    var change =
        new AddressChange(
            uid,
            account.uid(),
            account.email(),
            wanted,
            AddressChange.State.PENDING,
            parts.clock().instant(),
            null,
            confirmMailUid);
    changes.insert(tx, change);
    return change;
  }

  /// The letter to the new address is stopped if it still waits; the one to the old address goes
  /// out in any case.
  private void replace(Transaction tx, AddressChange pending, AddressChange.State state) {
    changes.end(tx, pending.uid(), state, parts.clock().instant());
    var ending = state == AddressChange.State.CANCELLED ? LinkEnding.STOPPED : LinkEnding.REVOKED;
    parts.links().revoke(tx, pending.accountUid(), Link.Purpose.CONFIRM, ending);
    parts.outbox().cancel(tx, pending.confirmMailUid());
  }

  private Outcome verify(Transaction tx, Actor actor) {
    changes.lock(tx, actor.uid());
    var account = Objects.requireNonNull(parts.accounts().find(tx, actor.uid()));
    if (account.isEmailVerified()) {
      return new Outcome.Refused(
          409, "", "already-verified", "The address %s is verified.".formatted(account.email()));
    }
    if (!parts
        .throttle()
        .take(tx, "address-verify/" + account.uid(), VERIFICATIONS_PER_HOUR_MAX, HOUR)) {
      return tooOften("%d letters were sent within an hour".formatted(VERIFICATIONS_PER_HOUR_MAX));
    }
    letters.verify(tx, account);
    return new Outcome.Done(
        parts
            .audit()
            .record(
                tx,
                actor,
                Audit.Action.LINK,
                SignIn.object(account),
                "A letter to verify the address %s was queued".formatted(account.email())));
  }

  private String record(Transaction tx, Actor actor, String sentence, AddressChange change) {
    return parts
        .audit()
        .record(
            tx,
            actor,
            Audit.Action.UPDATE,
            new Audit.Object("account", change.accountUid(), change.oldAddress()),
            sentence.formatted(change.newAddress()));
  }

  private static Outcome nothingWaits() {
    return new Outcome.Refused(
        409, "", "nothing-waits", "No change of your address waits; it may have ended meanwhile.");
  }

  private static Outcome.Refused tooOften(String what) {
    return new Outcome.Refused(
        429, "email", "too-many-letters", "%s, the most. Try again later.".formatted(what));
  }
}
