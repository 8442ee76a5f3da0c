package io.postern.smtp.check;

import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Diagnosis;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.session.Stop;
import java.util.List;
import java.util.Set;

/// Which rung broke. Usually the one where the session stopped; but a false address shows only at
/// the door it leads to, and a refusal of TLS 1.3 only with the first read.
record Placement(Stop stop, Diagnosis diagnosis) {
  /// The name led astray, wherever that came to light.
  private static final Set<String> OF_THE_NAME = Set.of("dns-hijacked", "dns-local-override");

  Stage stage() {
    if (OF_THE_NAME.contains(diagnosis.cause())) {
      return Stage.DNS;
    }
    if (diagnosis.cause().equals("starttls-server-fault")) {
      return Stage.STARTTLS;
    }
    return stop.finding() instanceof Finding.HandshakeFailed ? Stage.TLS : stop.stage();
  }

  /// Puts the broken rung into the ladder where it had seemed to hold.
  void correct(List<Rung> rungs) {
    var stage = stage();
    var held =
        rungs.stream()
            .filter(rung -> rung.stage() == stage && rung.outcome() != Rung.Outcome.FAILED)
            .filter(rung -> rung.outcome() != Rung.Outcome.SKIPPED)
            .findFirst();
    held.ifPresent(rung ->
        rungs.add(new Rung(stage, Rung.Outcome.FAILED, rung.millis(), diagnosis.summary())));
  }
}
