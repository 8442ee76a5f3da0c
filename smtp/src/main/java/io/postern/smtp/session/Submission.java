package io.postern.smtp.session;

import io.postern.smtp.diagnosis.Rung;
import java.util.List;

/// A signed-in session that carries one message after the other (R-735: the caller counts messages
/// and age).
public final class Submission implements AutoCloseable {
  private Submission() {}

  /// Opens a session up to and including the sign-in.
  public static Opening open(Relay relay, Network network, Watch watch) {
    throw new UnsupportedOperationException(relay.toString() + network + watch);
  }

  /// Sends one rendered message. After anything but a clean reply the session is unusable, see
  /// [#isUsable()].
  ///
  /// @param content the message with CRLF line ends, unstuffed; checked and stuffed here (R-150,
  ///
  public Outcome send(Envelope envelope, byte[] content, CommitPoint commitPoint, Watch watch) {
    throw new UnsupportedOperationException(
        envelope.toString() + content.length + commitPoint + watch);
  }

  /// Whether the next message may go over this session.
  public boolean isUsable() {
    throw new UnsupportedOperationException();
  }

  /// The redacted conversation so far, lines `S: …` and `C: …`.
  public List<String> transcript() {
    throw new UnsupportedOperationException();
  }

  /// QUIT, at most five seconds, result ignored.
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  /// A session that is ready, or why there is none.
  public sealed interface Opening {
    record Ready(Submission submission, List<Rung> rungs) implements Opening {}

    record Failed(Failure failure, List<Rung> rungs, List<String> transcript) implements Opening {}
  }
}
