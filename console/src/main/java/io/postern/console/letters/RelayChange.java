package io.postern.console.letters;

import java.time.Instant;

/// That the mail server was changed, as a letter tells it: without secrets.
///
/// @param by the address of who did it
/// @param before the former server, such as `mail.example.com, port 587, as noreply@example.com`
/// @param after the new one, in the same words
public record RelayChange(String by, Instant at, String before, String after) {
  /// By which of the two a copy goes.
  public enum Through {
    FORMER,
    NEW,
    /// There is one copy only: the server stayed the same, or the former one cannot be used.
    ALONE
  }
}
