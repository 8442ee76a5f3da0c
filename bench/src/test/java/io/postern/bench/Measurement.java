package io.postern.bench;

/// Something that is measured beside its peers, with its goals.
interface Measurement {
  /// What is measured, in one line.
  String title();

  /// @param effort how long it may take
  void run(Place place, Effort effort, Report report) throws Exception;
}
