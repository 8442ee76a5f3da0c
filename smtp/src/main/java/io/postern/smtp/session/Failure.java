package io.postern.smtp.session;

import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Diagnosis;
import io.postern.smtp.diagnosis.Finding;
import org.jspecify.annotations.Nullable;

/// Why a session or a message ended early.
///
/// @param reply the server's words, when it was a reply that ended it
public record Failure(
    Stage stage, Finding finding, Diagnosis diagnosis, Scope scope, @Nullable Reply reply) {

  /// What a failure says about other messages.
  public enum Scope {
    /// This recipient or this content: permanent for this message only.
    MESSAGE,
    /// The relay, its settings or its quota: messages wait, none is used up.
    DESTINATION,
    /// Passing: the same message later.
    TRANSIENT
  }
}
