package io.postern.console.tenants;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A customer of the platform, with the invitation of its first administrator.
///
/// @param markedAt when it was marked for deletion; absent while it is in use
public record Tenant(
    String uid,
    String name,
    Instant createdAt,
    String createdBy,
    @Nullable Instant markedAt,
    Invitation invitation) {
  public boolean isMarked() {
    return markedAt != null;
  }
}
