package io.postern.smtp.diagnosis;

import java.util.List;

/// The one cause behind a finding, and the fix.
///
/// @param cause a slug of the catalogue, such as `app-password-required`
/// @param summary one sentence for the operator
/// @param remedy steps, in order
/// @param retryUseful whether the same attempt, unchanged, may succeed later
/// @param otherCauses what may be behind it instead
public record Diagnosis(
    String cause,
    Certainty certainty,
    String summary,
    List<String> remedy,
    boolean retryUseful,
    List<OtherCause> otherCauses) {
  public Diagnosis {
    remedy = List.copyOf(remedy);
    otherCauses = List.copyOf(otherCauses);
  }

  /// A cause that may be behind it instead.
  public record OtherCause(String cause, Certainty certainty) {}
}
