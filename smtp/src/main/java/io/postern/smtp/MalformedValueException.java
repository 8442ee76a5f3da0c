package io.postern.smtp;

/// A value that cannot be what it should be. Its message is a sentence for the operator that says
/// what would be valid.
public final class MalformedValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public MalformedValueException(String sentence) {
    super(sentence);
  }
}
