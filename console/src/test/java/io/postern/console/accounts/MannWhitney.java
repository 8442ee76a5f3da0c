package io.postern.console.accounts;

import java.util.Arrays;
import java.util.stream.LongStream;

/// The test of Mann and Whitney: whether two samples come from the same distribution, whichever it
/// is. Ranks are used and no values, so that single pauses of a machine do not count.
final class MannWhitney {
  private MannWhitney() {}

  /// The probability of a difference at least as large when there is none, two-sided, by the normal
  /// approximation with ties corrected; for 20 samples each or more.
  static double p(long[] one, long[] other) {
    var all = LongStream.concat(Arrays.stream(one), Arrays.stream(other)).sorted().toArray();
    var ranks = Arrays.stream(one).mapToDouble(value -> rank(all, value)).sum();
    double m = one.length;
    double n = other.length;
    var u = ranks - m * (m + 1) / 2;
    var spread = Math.sqrt(m * n / 12 * (m + n + 1 - ties(all) / ((m + n) * (m + n - 1))));
    return spread == 0 ? 1 : beyond(Math.abs(u - m * n / 2) / spread);
  }

  /// The mean rank of a value, from 1.
  private static double rank(long[] sorted, long value) {
    return (first(sorted, value) + 1 + first(sorted, value + 1)) / 2.0;
  }

  /// Where the first value that is not below this one stands.
  private static int first(long[] sorted, long value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double ties(long[] sorted) {
    return Arrays.stream(sorted)
        .distinct()
        .mapToDouble(value -> first(sorted, value + 1) - first(sorted, value))
        .map(count -> count * count * count - count)
        .sum();
  }

  /// How much of a normal distribution lies farther out than `z`, on both sides (Abramowitz and
  /// Stegun 7.1.26, wrong by 1.5e-7 at most).
  private static double beyond(double z) {
    var x = z / Math.sqrt(2);
    var t = 1 / (1 + 0.3275911 * x);
    var series =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    return Math.clamp(series * Math.exp(-x * x), 0, 1);
  }
}
