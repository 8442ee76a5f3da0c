package io.postern.smtp.session;

/// Called when the whole content but the final dot is on the wire: the caller records that the
/// point of no return is near.
@FunctionalInterface
public interface CommitPoint {
  /// @throws RuntimeException to break the transaction off; the final dot is then never sent
  void beforeFinalDot();
}
