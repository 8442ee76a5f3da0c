package io.postern.console.outbox;

/// What a letter says does not open: its octets were changed in the database, or were sealed with a
/// key that this process has not. Another process may have it, so the mail is kept.
final class UnreadableLetterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableLetterException(String mailUid) {
    super(
        "What mail %s says cannot be opened: it was changed in the database, or its key is not in the key file of this process. Put the key file back, or cancel the mail and send a new one."
            .formatted(mailUid));
  }
}
