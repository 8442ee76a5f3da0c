package io.postern.smtp.diagnosis;

import io.postern.smtp.Reply;
import java.time.Duration;

/// Why a stage failed: one kind per shape of facts. The engine's owner adds the kinds; every switch
/// over them is exhaustive.
public sealed interface Finding {
  /// A reply that refused the command.
  record Refused(String command, Reply reply) implements Finding {}

  /// Nothing came within the time.
  record NoAnswer(String waitingFor, Duration waited) implements Finding {}
}
