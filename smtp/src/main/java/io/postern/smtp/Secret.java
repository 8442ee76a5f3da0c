package io.postern.smtp;

/// A password or token. It has no printable form: every way to a log shows `***`.
public final class Secret {
  private final char[] characters;

  private Secret(char[] characters) {
    this.characters = characters;
  }

  public static Secret of(String text) {
    return new Secret(text.toCharArray());
  }

  /// The secret itself, for the one place that puts it on the wire or encrypts it.
  public String reveal() {
    return new String(characters);
  }

  public boolean isEmpty() {
    return characters.length == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && java.util.Arrays.equals(characters, secret.characters);
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(characters);
  }

  @Override
  public String toString() {
    return "***";
  }
}
