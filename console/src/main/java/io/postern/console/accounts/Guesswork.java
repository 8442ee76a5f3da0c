package io.postern.console.accounts;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/// What it takes to guess a password by putting together what people put together: words of
/// a list, also reversed or with digits for letters, what the owner's address is made of, runs of
/// the keyboard and the alphabet, repetitions and mirrorings of any of it, dates and years. The
/// weights are about bits: a word of two thousand has eleven.
///
/// All that weighs less than [#ENOUGH] together is the set of passwords that is refused: no list of
/// the most used ones reaches far at this length, where hardly two people share one.
final class Guesswork {
  /// Four words.
  static final int ENOUGH = 44;

  private static final int WORD = 11;
  private static final int OWN_WORD = 5;
  private static final int TURNED = 2;
  private static final int AGAIN = 3;
  private static final int YEAR = 9;
  private static final int DAY_OF_SIX = 18;
  private static final int DAY_OF_EIGHT = 20;
  private static final int DIGIT = 4;
  private static final int SEPARATOR = 2;
  private static final int OTHER = 6;
  private static final int SHORT = 4;
  private static final int PIECE_MIN = 3;
  private static final int PIECE_MAX = 48;
  private static final String SEPARATORS = " -_.,!@#+";

  private static final Pattern YEARS = Pattern.compile("19[4-9]\\d|20[0-3]\\d");
  private static final Pattern DAYS =
      Pattern.compile(
          "(0[1-9]|[12]\\d|3[01])(0[1-9]|1[0-2])((19|20)?\\d\\d)"
              + "|(19|20)\\d\\d(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])");

  private final Set<String> words;
  private final Set<String> own;
  private final String text;
  private final int[] least;

  private Guesswork(Set<String> words, Set<String> own, String text) {
    this.words = words;
    this.own = own;
    this.text = text;
    this.least = new int[text.length() + 1];
  }

  /// @param words in lower case
  /// @param own what the owner's address is made of, in lower case
  /// @param text in lower case
  static int weight(Set<String> words, Set<String> own, String text) {
    if (words.contains(text.replaceAll("[ \\-_.,]", ""))) {
      return WORD;
    }
    var whole = new Guesswork(words, own, text).least();
    // 122333444455555 is 12345, and one more idea.
    var single = text.replaceAll("(.)\\1+", "$1");
    return single.equals(text)
        ? whole
        : Math.min(whole, new Guesswork(words, own, single).least() + AGAIN);
  }

  /// The least that a way through the text weighs, from its pieces.
  private int least() {
    Arrays.fill(least, Integer.MAX_VALUE);
    least[0] = 0;
    for (var from = 0; from < text.length(); from++) {
      piece(from, 1, single(text.charAt(from)));
      runs(from);
      var longest = Math.min(PIECE_MAX, text.length() - from);
      for (var length = PIECE_MIN; length <= longest; length++) {
        piece(from, length, word(text.substring(from, from + length)));
        piece(from, length, again(from, length));
      }
      days(from);
    }
    return least[text.length()];
  }

  private void piece(int from, int length, int weight) {
    if (weight > 0) {
      least[from + length] = Math.min(least[from + length], least[from] + weight);
    }
  }

  private static int single(char one) {
    if (one >= '0' && one <= '9') {
      return DIGIT;
    }
    return SEPARATORS.indexOf(one) >= 0 ? SEPARATOR : OTHER;
  }

  private void runs(int from) {
    for (var stride = 1; stride <= Keyboard.STRIDE_MAX; stride++) {
      var longest = Keyboard.run(text, from, stride);
      for (var length = PIECE_MIN * stride; length <= longest; length++) {
        // Three or four in a row are half an accident.
        var accident = length <= SHORT ? TURNED : 0;
        piece(from, length, DIGIT * (stride + 1) + accident);
      }
    }
  }

  /// @return 0 when it is none
  private int word(String piece) {
    if (own.contains(piece)) {
      return OWN_WORD;
    }
    if (words.contains(piece) || words.contains(Keyboard.spelled(piece))) {
      return WORD;
    }
    return words.contains(turned(piece)) ? WORD + TURNED : 0;
  }

  /// @return 0 when the piece is neither the one before it nor its mirror image
  private int again(int from, int length) {
    if (from < length) {
      return 0;
    }
    var piece = text.substring(from, from + length);
    var before = text.substring(from - length, from);
    return piece.equals(before) || piece.equals(turned(before)) ? AGAIN : 0;
  }

  private void days(int from) {
    if (is(YEARS, from, 4)) {
      piece(from, 4, YEAR);
    }
    if (is(DAYS, from, 6)) {
      piece(from, 6, DAY_OF_SIX);
    }
    if (is(DAYS, from, 8)) {
      piece(from, 8, DAY_OF_EIGHT);
    }
  }

  private boolean is(Pattern pattern, int from, int length) {
    return from + length <= text.length()
        && pattern.matcher(text).region(from, from + length).matches();
  }

  private static String turned(String piece) {
    return new StringBuilder(piece).reverse().toString();
  }
}
