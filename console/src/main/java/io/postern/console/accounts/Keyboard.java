package io.postern.console.accounts;

import java.util.List;

/// Which characters stand beside each other, on keyboards and in the alphabet, and which digits
/// stand for letters.
final class Keyboard {
  /// `1234qwerasdfzxcv` goes on four characters later; nobody plays wider ones.
  static final int STRIDE_MAX = 5;

  private static final List<String> LINES =
      List.of(
          "abcdefghijklmnopqrstuvwxyz",
          "1234567890-=",
          "0123456789",
          "!@#$%^&*()",
          "qwertyuiop[]",
          "asdfghjkl;'",
          "zxcvbnm,./",
          "qwertzuiop",
          "yxcvbnm,.-",
          "azertyuiop",
          "qsdfghjklm",
          "wxcvbn",
          "1qaz",
          "2wsx",
          "3edc",
          "4rfv",
          "5tgb",
          "6yhn",
          "7ujm",
          "8ik,",
          "9ol.",
          "0p;/");

  /// Lines of the number pad; followed one by one only, as they join nearly every digit to another.
  private static final List<String> PAD = List.of("741", "852", "963", "159", "357");

  private static final String DIGITS = "0134578@$!";
  private static final String LETTERS = "oieastbasi";

  private Keyboard() {}

  /// How a character follows another one.
  private enum Step {
    SAME,
    ON,
    BACK;

    boolean leads(char from, char to, int stride) {
      return switch (this) {
        case SAME -> from == to;
        case ON -> neighbors(from, to, stride);
        case BACK -> neighbors(to, from, stride);
      };
    }
  }

  /// How far the text goes on as it began: each character follows the one a stride before it by the
  /// same step as its forerunners in the strides before. `1q2w3e4r` with a stride of 2, `abcabcabc`
  /// with one of 3.
  ///
  /// @return the length of the run, the first stride included
  static int run(String text, int from, int stride) {
    var farthest = text.length();
    for (var lane = 0; lane < stride; lane++) {
      var end = 0;
      for (var step : Step.values()) {
        end = Math.max(end, broken(text, from + lane, stride, step));
      }
      farthest = Math.min(farthest, end);
    }
    return farthest - from;
  }

  /// Where the lane is not followed any more.
  private static int broken(String text, int from, int stride, Step step) {
    var at = from + stride;
    while (at < text.length() && step.leads(text.charAt(at - stride), text.charAt(at), stride)) {
      at += stride;
    }
    return at;
  }

  private static boolean neighbors(char left, char right, int stride) {
    return neighbors(LINES, left, right) || (stride == 1 && neighbors(PAD, left, right));
  }

  private static boolean neighbors(List<String> lines, char left, char right) {
    for (var line : lines) {
      var at = line.indexOf(left);
      if (at >= 0 && at + 1 < line.length() && line.charAt(at + 1) == right) {
        return true;
      }
    }
    return false;
  }

  /// `password` for `p@ssw0rd`; digits alone are no word.
  static String spelled(String piece) {
    var letters = new StringBuilder(piece);
    var isWord = false;
    for (var i = 0; i < piece.length(); i++) {
      var which = DIGITS.indexOf(piece.charAt(i));
      isWord |= Character.isLetter(piece.charAt(i));
      if (which >= 0) {
        letters.setCharAt(i, LETTERS.charAt(which));
      }
    }
    return isWord ? letters.toString() : piece;
  }
}
