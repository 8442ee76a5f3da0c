package io.postern.console.settings;

/// How a save ended.
public sealed interface Saving {
  /// @param validated whether it is known to work
  record Saved(long number, boolean validated) implements Saving {}

  /// Somebody else saved in between; nothing was changed.
  record Overtaken(RelayVersion byNow) implements Saving {}

  /// The password has to be entered.
  ///
  /// @param why a sentence for the operator
  record PasswordNeeded(String why) implements Saving {}
}
