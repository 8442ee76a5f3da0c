package io.postern.smtp.diagnosis;

/// Diagnoses in the words of the catalogue, each with one fact of this very case.
final class Told {
  /// How a step begins that no server on this machine needs: none belongs to a public provider.
  private static final String FOR_PROVIDERS = "If {host} belongs to a public provider";

  private Told() {}

  /// @param fact one sentence about what was seen; empty for none
  static Diagnosis certain(String cause, DiagnosisContext context, String fact) {
    return told(cause, Certainty.CERTAIN, context, fact);
  }

  static Diagnosis likely(String cause, DiagnosisContext context, String fact) {
    return told(cause, Certainty.LIKELY, context, fact);
  }

  static Diagnosis guess(String cause, DiagnosisContext context, String fact) {
    return told(cause, Certainty.GUESS, context, fact);
  }

  static Diagnosis told(String cause, Certainty certainty, DiagnosisContext context, String fact) {
    var words = Causes.of(cause);
    var provider = Rulebook.ofHost(context.host());
    var blanks = new Blanks(context, provider == null ? "" : provider.name(), fact);
    return Diagnosis.of(
        cause,
        certainty,
        blanks.fill(words.summary()),
        words.retryUseful(),
        words.steps().stream()
            .filter(step -> !context.isThisMachine() || !step.startsWith(FOR_PROVIDERS))
            .map(blanks::fill)
            .toList());
  }
}
