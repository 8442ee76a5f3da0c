package io.postern.console.accounts;

import io.postern.console.platform.web.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Somebody who can sign in, or will once the activation link was used.
///
/// @param tenantUid the tenant of a tenant administrator, absent for system accounts
/// @param email as [io.postern.smtp.Mailbox] prints it
/// @param passwordAt when the password was last set, absent before the first
/// @param emailVerifiedAt when the present address was proved, absent before
public record Account(
    String uid,
    @Nullable String tenantUid,
    Role role,
    String email,
    String firstName,
    String lastName,
    State state,
    @Nullable Instant passwordAt,
    @Nullable Instant emailVerifiedAt,
    @Nullable Instant emailChangedAt,
    @Nullable Instant signedInAt,
    Instant createdAt,
    String createdBy) {
  /// What an account can do at the moment.
  public enum State {
    /// It has no password yet; its activation link sets one.
    PENDING,
    ACTIVE,
    /// Its tenant is marked for deletion: nobody signs in, nothing is lost.
    SUSPENDED
  }

  /// The name for letters and lists: the person's, else the address.
  public String displayName() {
    var name = (firstName + " " + lastName).strip();
    return name.isEmpty() ? email : name;
  }

  public boolean isEmailVerified() {
    return emailVerifiedAt != null;
  }
}
