package io.postern.console.tenants;

/// A step that takes something away, as its page announces it.
public enum Removal {
  DELETE(
      "delete",
      "Delete",
      "Its users can no longer sign in, and its waiting mails are cancelled. It can be restored until it is cleaned up."),
  CLEAN_UP(
      "clean-up",
      "Clean up",
      "Its users, its mails with their history, and the tenant itself are removed for good."),
  FORCE(
      "force",
      "Force Cleanup & Delete",
      "Its users can no longer sign in; users, mails with their history, and the tenant itself are removed for good, at once.");

  private final String word;
  private final String label;
  private final String loss;

  Removal(String word, String label, String loss) {
    this.word = word;
    this.label = label;
    this.loss = loss;
  }

  /// Its part of the address.
  public String word() {
    return word;
  }

  public String label() {
    return label;
  }

  /// What will be lost.
  public String loss() {
    return loss;
  }

  /// Whether the name has to be typed: nothing brings the data back.
  public boolean asksName() {
    return this != DELETE;
  }
}
