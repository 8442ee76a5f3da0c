package io.postern.console.settings;

import io.postern.smtp.Secret;

/// What a save does with the password.
public sealed interface PasswordChange {
  /// Stays, which only the same destination allows.
  record Keep() implements PasswordChange {}

  record Set(Secret secret) implements PasswordChange {}

  record Delete() implements PasswordChange {}
}
