package io.postern.console.settings;

import io.postern.console.platform.database.DatabaseException;

/// How a save ended.
public sealed interface Saving {
  /// @param validated whether it is known to work
  record Saved(long number, boolean validated) implements Saving {
    String sentence() {
      return "Saved as version %d, in force now. %s"
          .formatted(number, validated ? "It was validated." : "It was never validated.");
    }
  }

  /// Somebody else saved in between; nothing was changed.
  record Overtaken(RelayVersion byNow) implements Saving {}

  /// The password has to be entered.
  ///
  /// @param why a sentence for the operator
  record PasswordNeeded(String why) implements Saving {}

  /// The database could not be written; nothing was changed.
  record NotWritten(DatabaseException failure) implements Saving {}
}
