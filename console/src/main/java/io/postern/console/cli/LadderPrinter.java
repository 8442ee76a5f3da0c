package io.postern.console.cli;

import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.diagnosis.Verdict;
import io.postern.smtp.session.Watch;
import java.io.PrintWriter;
import java.util.Map;

/// Draws the ladder for people: one line per rung as it ends, then the verdict.
final class LadderPrinter {
  private static final int LABEL_WIDTH = 12;

  private final PrintWriter out;
  private final boolean color;

  LadderPrinter(PrintWriter out, boolean color) {
    this.out = out;
    this.color = color;
  }

  /// Color only on a terminal that can, and not when NO_COLOR asks for none (no-color.org).
  @SuppressWarnings("SystemConsoleNull") // null again since JDK 25 when the streams are redirected
  static boolean isColorful(Map<String, String> environment) {
    var console = System.console();
    var terminal = console != null && console.isTerminal();
    return terminal
        && !environment.containsKey("NO_COLOR")
        && !"dumb".equals(environment.get("TERM"));
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
        out.println("  … " + sentence);
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
      out.println(paint("32", "✓ The configuration works."));
    } else {
      out.println(paint("31", "✕ " + diagnosis.title()));
      out.println("  " + diagnosis.summary());
      if (!diagnosis.evidence().isEmpty()) {
        out.println("  the server: " + diagnosis.evidence());
      }
      out.println("  cause: " + diagnosis.cause() + " (" + diagnosis.certainty().word() + ")");
      var step = 1;
      for (var remedy : diagnosis.remedy()) {
        out.println("  " + step++ + ". " + remedy);
      }
    }
    verdict.proved().forEach(sentence -> out.println("  proved: " + sentence));
    verdict.warnings().forEach(warning -> out.println(paint("33", "  ! " + warning.summary())));
  }

  void print(Rung rung) {
    var label = rung.stage().label();
    var padded = label + " ".repeat(Math.max(1, LABEL_WIDTH - label.length()));
    var line =
        switch (rung.outcome()) {
          case PASSED -> paint("32", "✓") + " " + padded + rung.detail() + time(rung);
          case WARNED -> paint("33", "!") + " " + padded + rung.detail() + time(rung);
          case FAILED -> paint("31", "✕ " + padded + rung.detail()) + time(rung);
          case SKIPPED -> "· " + padded + rung.detail();
        };
    out.println(line);
    out.flush();
  }

  private static String time(Rung rung) {
    return rung.stage() == Stage.CONFIG ? "" : "  (" + rung.millis() + " ms)";
  }

  private String paint(String code, String text) {
    return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
