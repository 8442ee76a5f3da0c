package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Transaction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/// What the links in letters about addresses do when the buttons on their pages are pressed. A link
/// opens nothing but this: nobody is signed in by it.
final class AddressLinks {
  private final AccountParts parts;
  private final AddressChanges changes;
  private final AddressLetters letters;

  AddressLinks(AccountParts parts, AddressChanges changes) {
    this.parts = parts;
    this.changes = changes;
    this.letters = new AddressLetters(parts);
  }

  /// What a button did.
  sealed interface Outcome {
    /// @param email the address of the account from now on
    /// @param isSystem whether the account is one of the system console
    record Done(String email, boolean isSystem) implements Outcome {}

    /// The link was used or replaced, or what it was for has ended; nothing was changed.
    record Ended(String sentence) implements Outcome {}
  }

  /// What the page of a link to stop a change says before its button is pressed.
  sealed interface Stoppable {
    /// The change waits for its new address.
    record Waiting(String newAddress) implements Stoppable {}

    /// It was confirmed, and can be undone.
    record Undoable(String newAddress, Instant until) implements Stoppable {}

    record Nothing(String sentence) implements Stoppable {}
  }

  /// The change that a link belongs to; null when it does not belong to one.
  @Nullable AddressChange changeOf(Links.Found.Alive alive) {
    return parts.database().read(tx -> changes.find(tx, alive.link().subject()));
  }

  Stoppable stoppable(Links.Found.Alive alive) {
    return parts.database().read(tx -> stoppable(tx, alive.link()).told());
  }

  /// The new address proves itself and takes the place of the old one, which is told.
  ///
  /// @param address the client's
  /// @throws io.postern.console.outbox.OutboxFullException when no mail is taken at present
  Outcome confirm(Links.Found.Alive alive, String address) {
    try {
      return parts.database().write(tx -> confirm(tx, alive, address));
    } catch (DuplicateKeyException _) {
      // Another account took the address in another process at this very moment.
      return taken();
    }
  }

  /// The old address stops a change that waits, or undoes one for a day after it was confirmed,
  /// with everything that followed from it. Sessions end either way: somebody knew the password.
  Outcome stop(Links.Found.Alive alive, String address) {
    try {
      return parts.database().write(tx -> stop(tx, alive, address));
    } catch (DuplicateKeyException _) {
      // As in confirm.
      return taken();
    }
  }

  /// The first address of an account proves itself.
  Outcome verify(Links.Found.Alive alive, String address) {
    return parts
        .database()
        .write(tx -> {
          var account = locked(tx, alive.link());
          if (account == null
              || !account.email().equals(alive.link().address())
              || !parts.links().redeem(tx, alive)) {
            return usedMeanwhile();
          }
          parts.accounts().markVerified(tx, account.uid());
          record(tx, account, address, "The address %s was verified".formatted(account.email()));
          return done(account, account.email());
        });
  }

  private Outcome confirm(Transaction tx, Links.Found.Alive alive, String address) {
    var link = alive.link();
    var account = locked(tx, link);
    var change = changes.find(tx, link.subject());
    if (account == null
        || change == null
        || change.state() != AddressChange.State.PENDING
        || !change.oldAddress().equals(account.email())) {
      return usedMeanwhile();
    }
    var other = parts.accounts().findByEmail(tx, account.tenantUid(), change.newAddress());
    if (other != null) {
      return taken();
    }
    if (!parts.links().redeem(tx, alive)) {
      return usedMeanwhile();
    }
    parts.accounts().setEmail(tx, account, change.newAddress(), true);
    changes.end(tx, change.uid(), AddressChange.State.CONFIRMED, parts.clock().instant());
    parts.links().revokeAll(tx, account.uid());
    letters.changed(tx, account, change, parts.clock().instant().plus(AddressChange.UNDO));
    record(
        tx,
        account,
        address,
        "The address was changed to %s, which was confirmed".formatted(change.newAddress()));
    return done(account, change.newAddress());
  }

  private Outcome stop(Transaction tx, Links.Found.Alive alive, String address) {
    var link = alive.link();
    var account = locked(tx, link);
    if (account == null) {
      return usedMeanwhile();
    }
    var plan = stoppable(tx, link);
    if (plan.told() instanceof Stoppable.Nothing(var sentence)) {
      return new Outcome.Ended(sentence);
    }
    var owner = parts.accounts().findByEmail(tx, account.tenantUid(), link.address());
    if (owner != null && !owner.uid().equals(account.uid())) {
      return taken();
    }
    if (!parts.links().redeem(tx, alive)) {
      return usedMeanwhile();
    }
    if (plan.pending() != null) {
      stopPending(tx, plan.pending());
    }
    plan.confirmed().forEach(change -> changes.markReverted(tx, change.uid()));
    // Whoever pressed the button reads letters to this address, so it is verified by now.
    parts.accounts().setEmail(tx, account, link.address(), true);
    parts.links().revokeAll(tx, account.uid());
    parts.sessions().endAll(tx, account.uid(), "");
    record(
        tx,
        account,
        address,
        "The change of the address was %s from %s; every session ended"
            .formatted(plan.confirmed().isEmpty() ? "stopped" : "undone", link.address()));
    return done(account, link.address());
  }

  private void stopPending(Transaction tx, AddressChange pending) {
    changes.end(tx, pending.uid(), AddressChange.State.CANCELLED, parts.clock().instant());
    parts.links().revoke(tx, pending.accountUid(), Link.Purpose.CONFIRM, LinkEnding.STOPPED);
    parts.outbox().cancel(tx, pending.confirmMailUid());
  }

  /// What a link to stop a change reaches: the change it was sent for and those that followed. A
  /// thief who asks or changes twice takes nothing away from the first address.
  private StopPlan stoppable(Transaction tx, Link link) {
    var first = changes.find(tx, link.subject());
    var account = parts.accounts().find(tx, link.accountUid());
    if (first == null || account == null) {
      return StopPlan.nothing("What this link was for is gone.");
    }
    var alive = parts.links().livesUntil(tx, account.uid(), Link.Purpose.CONFIRM) != null;
    return StopPlan.of(
        link.address(), account.email(), changes.since(tx, first), alive, parts.clock().instant());
  }

  private @Nullable Account locked(Transaction tx, Link link) {
    return changes.lock(tx, link.accountUid())
        ? parts.accounts().find(tx, link.accountUid())
        : null;
  }

  private void record(Transaction tx, Account account, String address, String sentence) {
    parts
        .audit()
        .record(
            tx,
            SignIn.actor(account, address, Instant.EPOCH),
            Audit.Action.LINK,
            SignIn.object(account),
            sentence);
  }

  private static Outcome done(Account account, String email) {
    return new Outcome.Done(email, account.tenantUid() == null);
  }

  private static Outcome usedMeanwhile() {
    return new Outcome.Ended("This link was used or replaced a moment ago.");
  }

  private static Outcome taken() {
    return new Outcome.Ended(
        "Another account has this address by now, and each account needs its own. Nothing was"
            + " changed. An administrator can tell which account it is.");
  }
}
