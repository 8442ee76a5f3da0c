package io.postern.smtp.session;

import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Rung;

/// Sees the stages of a session as they begin and end. Called on the session's thread, [#waiting]
/// on any; must not block.
public interface Watch {
  /// Nobody looks.
  Watch NOBODY =
      new Watch() {
        @Override
        public void began(Stage stage) {}

        @Override
        public void ended(Rung rung) {}
      };

  void began(Stage stage);

  void ended(Rung rung);

  /// What the session is waiting for, when a stage takes longer than a second.
  default void waiting(Stage stage, String sentence) {}
}
