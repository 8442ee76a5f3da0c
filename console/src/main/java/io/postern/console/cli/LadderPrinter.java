package io.postern.console.cli;

import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Diagnosis;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.diagnosis.Verdict;
import io.postern.smtp.session.Watch;
import java.io.PrintWriter;

/// Draws the ladder for people: one line per rung as it ends, then the verdict.
final class LadderPrinter {
  private static final int LABEL_WIDTH = 12;

  private final PrintWriter out;
  private final Paper paper;

  LadderPrinter(PrintWriter out, Paper paper) {
    this.out = out;
    this.paper = paper;
  }

  Watch watch() {
    return new Watch() {
      @Override
      public void began(Stage stage) {}

      @Override
      public void ended(Rung rung) {
        print(rung);
      }

      @Override
      public void waiting(Stage stage, String sentence) {
        say("  … " + sentence, 4);
        out.flush();
      }
    };
  }

  void verdict(Verdict verdict) {
    verdict.rungs().stream()
        .filter(rung -> rung.outcome() == Rung.Outcome.SKIPPED)
        .forEach(this::print);
    out.println();
    var diagnosis = verdict.diagnosis();
    if (diagnosis == null) {
      out.println(paper.paint("32", "✓ The configuration works."));
    } else {
      broken(diagnosis);
    }
    verdict.proved().forEach(sentence -> say("  proved: " + sentence, 10));
    verdict.open().forEach(sentence -> say("  open: " + sentence, 8));
    verdict
        .warnings()
        .forEach(
            warning -> out.println(paper.paint("33", paper.wrap("  ! " + warning.summary(), 4))));
  }

  private void broken(Diagnosis diagnosis) {
    out.println(paper.paint("31", "✕ " + diagnosis.headline()));
    say("  " + diagnosis.summary(), 2);
    if (!diagnosis.evidence().isEmpty()) {
      say("  the server: " + diagnosis.evidence(), 14);
    }
    var step = 1;
    for (var remedy : diagnosis.remedy()) {
      say("  " + step++ + ". " + remedy, 5);
    }
    diagnosis.repairs().forEach(repair -> say("  would mend it: " + repair.label(), 17));
    say("  cause: " + diagnosis.cause() + " (" + diagnosis.certainty().word() + ")", 9);
    for (var other : diagnosis.otherCauses()) {
      say("  could also be: " + other.cause() + " (" + other.certainty().word() + ")", 17);
    }
    var page = diagnosis.page();
    if (page != null) {
      out.println("  " + page.provider() + ": " + page.address());
    }
  }

  private void say(String text, int indent) {
    out.println(paper.wrap(text, indent));
  }

  void print(Rung rung) {
    var label = rung.stage().label();
    var padded = label + " ".repeat(Math.max(1, LABEL_WIDTH - label.length()));
    var fact = paper.wrap("  " + padded + rung.detail() + time(rung), LABEL_WIDTH + 2).substring(2);
    var line =
        switch (rung.outcome()) {
          case PASSED -> paper.paint("32", "✓") + " " + fact;
          case WARNED -> paper.paint("33", "!") + " " + fact;
          case FAILED -> paper.paint("31", "✕ " + fact);
          case SKIPPED -> "· " + fact;
        };
    out.println(line);
    out.flush();
  }

  private static String time(Rung rung) {
    return rung.stage() == Stage.CONFIG || rung.outcome() == Rung.Outcome.SKIPPED
        ? ""
        : "  (" + rung.took() + ")";
  }
}
