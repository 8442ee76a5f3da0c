package io.postern.console.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A passkey of an account: the public half, which signs nobody in by itself.
///
/// @param name as its owner calls it
/// @param host the host name that it belongs to
/// @param isBackedUp whether it is copied to other devices of its owner, and so outlives one
/// @param usedAt absent before the first use
public record Passkey(
    String uid,
    String accountUid,
    String name,
    String host,
    boolean isBackedUp,
    Instant createdAt,
    @Nullable Instant usedAt) {
  static final int NAME_CHARACTERS_MAX = 64;

  /// What its maker attested, and how often it has signed.
  ///
  /// @param id in Base64url
  /// @param attested attested credential data (WebAuthn Level 3, section 6.5.1)
  /// @param signCount the last count that it told, 0 when it counts nothing
  /// @param isBackupEligible whether its maker may copy it; never changes
  @SuppressWarnings("ArrayRecordComponent") // octets of a protocol; never compared
  record Credential(
      String id, byte[] attested, long signCount, boolean isBackupEligible, boolean isBackedUp) {}

  /// A passkey with what judging its signature needs.
  record Known(Passkey passkey, Credential credential) {}
}
