package io.postern.console.settings;

import io.postern.console.platform.Version;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Diagnosis;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.diagnosis.Verdict;
import java.util.ArrayList;
import java.util.List;

/// What *Copy for support* copies: which Postern it was, what it was asked, what the check found,
/// the ladder and the whole conversation, as plain text. Holds no secret, as no part of a verdict
/// does.
public final class SupportText {
  private SupportText() {}

  /// @param asked which server was checked how, and when
  /// @param cancelled whether the check was, so that where it ended is no verdict
  public static String of(Verdict verdict, String asked, boolean cancelled) {
    var lines = new ArrayList<String>();
    lines.add(Version.sentence());
    lines.add(asked);
    lines.add("");
    lines.addAll(cancelled ? List.of("Cancelled") : found(verdict));
    lines.add("");
    verdict.rungs().forEach(rung -> lines.add(line(rung)));
    lines.add("");
    lines.addAll(verdict.transcript());
    return String.join("\n", lines) + "\n";
  }

  private static List<String> found(Verdict verdict) {
    var lines = new ArrayList<String>();
    var diagnosis = verdict.diagnosis();
    if (diagnosis == null) {
      lines.add("The configuration works");
    } else {
      lines.addAll(broken(diagnosis));
    }
    verdict.proved().forEach(sentence -> lines.add("proved: " + sentence));
    verdict.open().forEach(sentence -> lines.add("open: " + sentence));
    verdict.warnings().forEach(warning -> lines.add("warning: " + warning.summary()));
    return lines;
  }

  private static List<String> broken(Diagnosis diagnosis) {
    var lines = new ArrayList<String>();
    lines.add(diagnosis.headline());
    lines.add(diagnosis.summary());
    lines.add("cause: " + diagnosis.cause() + " (" + diagnosis.certainty().word() + ")");
    for (var other : diagnosis.otherCauses()) {
      lines.add("could also be: " + other.cause() + " (" + other.certainty().word() + ")");
    }
    return lines;
  }

  private static String line(Rung rung) {
    var words = rung.stage().label() + ": " + rung.outcome().word();
    var detail = rung.detail().isEmpty() ? "" : ", " + rung.detail();
    return switch (rung.outcome()) {
      case SKIPPED -> words;
      case PASSED, FAILED, WARNED ->
          words + detail + (rung.stage() == Stage.CONFIG ? "" : " (" + rung.took() + ")");
    };
  }
}
