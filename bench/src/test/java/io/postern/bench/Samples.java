package io.postern.bench;

import java.util.Arrays;

/// Measured values, to be summed up by what stands in the middle or near the end.
final class Samples {
  private double[] values = new double[256];
  private int count;

  synchronized void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
    }
    values[count++] = value;
  }

  double median() {
    return quantile(0.5);
  }

  synchronized double quantile(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    var sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(count - 1, Math.floor(share * count))];
  }

  /// The median, and between which values it lies.
  @Override
  public String toString() {
    return "%s (%s..%s)"
        .formatted(Report.number(median()), Report.number(quantile(0)), Report.number(quantile(1)));
  }
}
