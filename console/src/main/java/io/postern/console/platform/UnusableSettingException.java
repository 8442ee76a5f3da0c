package io.postern.console.platform;

/// The process cannot start with these settings, this directory or this key. The message is a
/// sentence for the operator that says what to do; the command line prints it alone and exits with
/// 1.
public final class UnusableSettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String sentence;

  public UnusableSettingException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
