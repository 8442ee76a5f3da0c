package io.postern.console.accounts;

import io.postern.console.accounts.AddressLinks.Stoppable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a link to stop an address change would do at this moment.
///
/// @param pending the change to be stopped, absent when none waits
/// @param confirmed the changes to be undone, empty when none is
record StopPlan(Stoppable told, @Nullable AddressChange pending, List<AddressChange> confirmed) {
  StopPlan {
    confirmed = List.copyOf(confirmed);
  }

  static StopPlan nothing(String sentence) {
    return new StopPlan(new Stoppable.Nothing(sentence), null, List.of());
  }

  /// @param address the old address that the link was sent to
  /// @param email the account's address at present
  /// @param since the link's change and those after it, in order
  /// @param isConfirmAlive whether the change that waits, if any, can still be confirmed
  static StopPlan of(
      String address,
      String email,
      List<AddressChange> since,
      boolean isConfirmAlive,
      Instant now) {
    var pending = isConfirmAlive ? last(since, AddressChange.State.PENDING) : null;
    var undone = last(since, AddressChange.State.CONFIRMED);
    var confirmed =
        since.stream().filter(each -> each.state() == AddressChange.State.CONFIRMED).toList();
    var mine =
        confirmed.stream()
            .filter(each -> each.isFrom(address) && each.isUndoableAt(now))
            .findFirst()
            .orElse(null);
    // Only while nobody else, such as an administrator, has set another address since.
    if (mine != null && undone != null && undone.newAddress().equals(email)) {
      return new StopPlan(
          new Stoppable.Undoable(email, Objects.requireNonNull(mine.undoUntil())),
          pending,
          confirmed);
    }
    if (pending != null && pending.isFrom(address)) {
      return new StopPlan(new Stoppable.Waiting(pending.newAddress()), pending, List.of());
    }
    return nothing(sentence(since.getFirst()));
  }

  private static @Nullable AddressChange last(
      List<AddressChange> changes, AddressChange.State state) {
    return changes.reversed().stream()
        .filter(each -> each.state() == state)
        .findFirst()
        .orElse(null);
  }

  private static String sentence(AddressChange change) {
    return switch (change.state()) {
      case PENDING, EXPIRED ->
          "The change was not confirmed in time, so there is nothing to stop: your address stays as it is.";
      case CANCELLED -> "The change was stopped already: your address stays as it is.";
      case REVERTED -> "The change was undone already.";
      case SUPERSEDED ->
          "Another change was asked for after this one. Use the link in the newest letter.";
      case CONFIRMED ->
          "The change can no longer be undone from here: the 24 hours for it are over, or the"
              + " address was changed again. An administrator can set the address, in the console's"
              + " terminal with ./postern account set-email.";
    };
  }
}
