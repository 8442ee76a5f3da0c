package io.postern.smtp.dns;

import java.io.IOException;

/// Something came from a name server, and nothing can be done with it. The message is a sentence.
final class UnusableAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  UnusableAnswerException(String sentence) {
    super(sentence);
  }
}
