package io.postern.smtp.wire;

import java.io.IOException;

/// The peer broke the protocol; the session cannot go on. The message says how, in words for the
/// operator.
public final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  private final byte[] first;

  public ProtocolException(String sentence) {
    this(sentence, new byte[0]);
  }

  public ProtocolException(String sentence, byte[] first) {
    super(sentence);
    this.first = first.clone();
  }

  /// The first octets that were no reply, at most 64: they tell which other protocol was met.
  public byte[] first() {
    return first.clone();
  }
}
