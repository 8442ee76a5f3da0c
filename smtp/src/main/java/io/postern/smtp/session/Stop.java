package io.postern.smtp.session;

import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding;
import org.jspecify.annotations.Nullable;

/// Where a session ended early, and the facts.
///
/// @param reply the server's words, when it was a reply that ended it
public record Stop(Stage stage, Finding finding, @Nullable Reply reply) {}
