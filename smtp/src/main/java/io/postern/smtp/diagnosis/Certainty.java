package io.postern.smtp.diagnosis;

/// How sure a diagnosis is. A guess is called a guess.
public enum Certainty {
  CERTAIN("certain"),
  LIKELY("likely"),
  GUESS("guess");

  private final String word;

  Certainty(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
