package io.postern.console.letters;

import io.postern.smtp.Mailbox;
import org.jspecify.annotations.Nullable;

/// Whom a letter is for.
///
/// @param name for the greeting, as its owner typed it; empty when unknown
/// @param tenantUid the tenant whose mail this is, absent for the system's own
public record Addressee(Mailbox address, String name, @Nullable String tenantUid) {
  /// Somebody of the system console.
  public static Addressee ofSystem(Mailbox address, String name) {
    return new Addressee(address, name, null);
  }
}
