package io.postern.smtp.check;

import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Rung;
import java.util.ArrayList;
import java.util.List;

/// The rungs that a check can reach, in order. Those that the mode does not have are left out,
/// those not reached are drawn.
public record Ladder(List<Stage> stages) {
  public Ladder {
    stages = List.copyOf(stages);
  }

  /// @param signsIn whether there are credentials
  /// @param recipient whether a recipient was given
  public static Ladder of(Security security, Depth depth, boolean signsIn, boolean recipient) {
    var stages = new ArrayList<>(List.of(Stage.CONFIG, Stage.DNS, Stage.CONNECT));
    stages.addAll(
        switch (security) {
          case NONE -> List.of(Stage.BANNER, Stage.EHLO);
          case STARTTLS ->
              List.of(Stage.BANNER, Stage.EHLO, Stage.STARTTLS, Stage.TLS, Stage.CERTIFICATE);
          case TLS -> List.of(Stage.TLS, Stage.CERTIFICATE, Stage.BANNER, Stage.EHLO);
        });
    if (signsIn) {
      stages.add(Stage.AUTH);
    }
    if (depth != Depth.LOGIN) {
      stages.add(Stage.MAIL_FROM);
      if (recipient || depth == Depth.MESSAGE) {
        stages.add(Stage.RCPT_TO);
      }
    }
    if (depth == Depth.MESSAGE) {
      stages.add(Stage.DATA);
    }
    return new Ladder(stages);
  }

  /// The rungs in ladder order, with those not reached as skipped.
  List<Rung> complete(List<Rung> reached) {
    return stages.stream().map(stage -> find(reached, stage)).toList();
  }

  private static Rung find(List<Rung> reached, Stage stage) {
    for (var rung : reached.reversed()) {
      if (rung.stage() == stage) {
        return rung;
      }
    }
    return new Rung(stage, Rung.Outcome.SKIPPED, 0, "not reached");
  }
}
