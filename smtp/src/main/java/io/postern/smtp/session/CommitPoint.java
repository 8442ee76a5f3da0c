package io.postern.smtp.session;

/// Called before the final dot goes out, and the last block of the content with it: the caller
/// records that the point of no return is near.
@FunctionalInterface
public interface CommitPoint {
  /// @throws RuntimeException to break the transaction off; the final dot is then never sent
  void beforeFinalDot();
}
