package io.postern.smtp.diagnosis;

import io.postern.smtp.Stage;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a check found. One shape in the console, the API and on the command line.
///
/// @param failedStage where it broke; absent when valid
/// @param finding the facts behind the diagnosis, before they are interpreted; absent when valid
/// @param diagnosis why, and the fix; absent when valid
/// @param proved what was proved, a sentence each: "Signed in as …", "… accepted the sender"; never
///   more than was seen
/// @param open what was not, a sentence each; empty when it failed
/// @param rungs the ladder in order, rungs not reached included as skipped
/// @param certificates what the server showed of itself, its own first; empty without TLS
/// @param transcript lines `S: …` and `C: …`, secrets replaced
public record Verdict(
    @Nullable Stage failedStage,
    @Nullable Finding finding,
    @Nullable Diagnosis diagnosis,
    List<String> proved,
    List<String> open,
    List<Warning> warnings,
    List<Rung> rungs,
    List<String> transcript,
    List<X509Certificate> certificates) {
  public Verdict {
    proved = List.copyOf(proved);
    open = List.copyOf(open);
    warnings = List.copyOf(warnings);
    rungs = List.copyOf(rungs);
    transcript = List.copyOf(transcript);
    certificates = List.copyOf(certificates);
  }

  public boolean isValid() {
    return diagnosis == null;
  }
}
