package io.postern.console.letters;

import java.time.Duration;
import java.time.Instant;

/// The one-time link of a letter.
///
/// @param url a secret
/// @param until when it ends
public record LetterLink(String url, Instant until) {
  /// A letter is worthless a while before its link is.
  static final Duration MARGIN = Duration.ofMinutes(10);

  Instant letterExpiresAt() {
    return until.minus(MARGIN);
  }

  /// Without the token.
  @Override
  public String toString() {
    return "LetterLink[until " + until + "]";
  }
}
