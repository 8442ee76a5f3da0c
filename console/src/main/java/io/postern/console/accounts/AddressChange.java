package io.postern.console.accounts;

import io.postern.console.letters.LetterKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A change of an account's address, from the request to its end (R-548, PLAN 10): the new address
/// confirms it, the old one is told and may stop it, or undo it for a day.
///
/// @param endedAt when it left PENDING; after an undo, still when it was confirmed
/// @param confirmMailUid the letter to the new address
record AddressChange(
    String uid,
    String accountUid,
    String oldAddress,
    String newAddress,
    State state,
    Instant requestedAt,
    @Nullable Instant endedAt,
    String confirmMailUid) {
  /// How long after it was confirmed the old address may undo a change.
  static final Duration UNDO = LetterKind.ADDRESS_CHANGED.linkLifetime();

  /// Where a change stands.
  enum State {
    /// The link to the new address was not used yet. It may have expired; then nothing happens any
    /// more.
    PENDING,
    CONFIRMED,
    /// Stopped before it was confirmed.
    CANCELLED,
    /// Undone after it was confirmed.
    REVERTED,
    /// A later request took its place.
    SUPERSEDED,
    /// It was not confirmed in time, and a later request followed.
    EXPIRED
  }

  /// Until when the old address may undo it; null while it was not confirmed.
  @Nullable Instant undoUntil() {
    return state == State.CONFIRMED && endedAt != null ? endedAt.plus(UNDO) : null;
  }

  boolean isUndoableAt(Instant now) {
    var until = undoUntil();
    return until != null && now.isBefore(until);
  }

  boolean isFrom(String address) {
    return Accounts.key(oldAddress).equals(Accounts.key(address));
  }
}
