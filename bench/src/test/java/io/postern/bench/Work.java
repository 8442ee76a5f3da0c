package io.postern.bench;

/// What sending or taking a number of messages took.
///
/// @param messages how many
/// @param seconds on the clock
/// @param processor seconds of processor time of the candidate, the system's for it included
record Work(int messages, double seconds, double processor) {
  double rate() {
    return messages / seconds;
  }

  /// Seconds of processor time for a thousand messages.
  double processorPerThousand() {
    return processor * 1_000 / messages;
  }
}
