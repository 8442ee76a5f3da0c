package io.postern.console.cli;

import io.postern.smtp.diagnosis.Explanation;
import java.io.PrintWriter;

/// Prints for people what a reply means.
final class ExplanationPrinter {
  private final PrintWriter out;
  private final Paper paper;

  ExplanationPrinter(PrintWriter out, Paper paper) {
    this.out = out;
    this.paper = paper;
  }

  void agreed(String headline, String summary) {
    say(headline, 2);
    say("  " + summary, 2);
  }

  void explained(Explanation explanation) {
    var diagnosis = explanation.diagnosis();
    say(diagnosis.headline(), 2);
    say("  " + diagnosis.summary(), 2);
    var step = 1;
    for (var remedy : diagnosis.remedy()) {
      say("  " + step++ + ". " + remedy, 5);
    }
    say("  cause: " + diagnosis.cause() + " (" + diagnosis.certainty().word() + ")", 9);
    diagnosis.otherCauses().forEach(other -> say("  could also be: " + other.cause(), 17));
    var origin = explanation.stageKnown() ? "" : " (taken from the code; --stage says it)";
    say("  read as the answer to: " + explanation.stage().label() + origin, 4);
    say(
        diagnosis.retryUseful()
            ? "  the same attempt may succeed later"
            : "  the same attempt will fail again",
        4);
    var page = diagnosis.page();
    if (page != null) {
      out.println("  " + page.provider() + ": " + page.address());
    }
  }

  private void say(String text, int indent) {
    out.println(paper.wrap(text, indent));
  }
}
