package io.postern.console.settings;

/// How a save ended.
public sealed interface Saving {
  record Saved(long number) implements Saving {}

  /// Somebody else saved in between; nothing was changed.
  record Overtaken(RelayVersion byNow) implements Saving {}

  /// The stored password belongs to another destination and must be entered again.
  record PasswordNeeded() implements Saving {}
}
