package io.postern.bench;

/// How much is measured.
///
/// @param name as the report says it
/// @param rounds how often each candidate has its turn
/// @param share of the full amount of work in each turn
record Effort(String name, int rounds, double share) {
  /// What a figure is quoted from.
  static final Effort FULL = new Effort("full", 5, 1);

  /// A first look, while working on what is measured.
  static final Effort QUICK = new Effort("quick", 3, 0.25);

  /// Whether the measurement still runs at all; its figures mean nothing.
  static final Effort SMOKE = new Effort("smoke", 1, 0.01);

  /// So much is done before anything is measured, until the compiler has done its work.
  int warmUp(int amount) {
    return equals(SMOKE) ? of(amount) : amount;
  }

  int of(int amount) {
    return (int) Math.max(1, amount * share);
  }
}
