package io.postern.console.letters;

import java.time.InstantSource;

/// Letters of an instance at `https://postern.example.com`, for the tests of rooms that write them.
public final class TestLetters {
  private TestLetters() {}

  public static Letters at(InstantSource clock) {
    return new Letters(Printing.press(), clock);
  }

  /// The link in a queued mail's values, empty when it has none.
  public static String link(java.util.Map<String, String> values) {
    return values.getOrDefault(LetterValues.LINK, "");
  }
}
