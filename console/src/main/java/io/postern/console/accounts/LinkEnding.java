package io.postern.console.accounts;

/// Why a link works no longer, as the database keeps it; none is longer than 16 characters.
enum LinkEnding {
  USED("This link was used already; it works once."),
  /// A later link took its place.
  REVOKED("This link was replaced by a newer one. Use the newest letter."),
  /// What it was for was stopped or given up, and no other link follows.
  STOPPED("This change was stopped; your address stays as it was."),
  /// The account changed so that links sent before must not work.
  OVERTAKEN(
      "The password or the address of the account was changed after this link was sent, so it works no longer. Sign in, or ask for a new one.");

  private final String sentence;

  LinkEnding(String sentence) {
    this.sentence = sentence;
  }

  /// For whoever brings the link.
  String sentence() {
    return sentence;
  }
}
