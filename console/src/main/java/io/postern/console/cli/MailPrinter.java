package io.postern.console.cli;

import io.postern.console.outbox.Attempt;
import io.postern.console.outbox.QueuedMail;
import java.io.PrintWriter;
import java.util.List;

/// Prints mail for people.
final class MailPrinter {
  private final PrintWriter out;

  MailPrinter(PrintWriter out) {
    this.out = out;
  }

  /// One line of a list.
  static String line(QueuedMail mail) {
    return "%s  %-10s  %s  %s%s"
        .formatted(
            mail.uid(),
            mail.state().word(),
            mail.to(),
            mail.subject(),
            mail.maybeDuplicate() ? "  (may be twice)" : "");
  }

  void print(QueuedMail mail, List<Attempt> attempts) {
    out.println(mail.subject() + ", to " + mail.to());
    out.println("  " + mail.state().label() + ": " + mail.state().meaning());
    if (!mail.reason().isEmpty()) {
      out.println("  " + mail.reason());
    }
    if (mail.acceptedReply() != null) {
      out.println("  " + mail.acceptedReply());
    }
    if (mail.maybeDuplicate()) {
      out.println(
          "  ! An earlier try may have reached the relay; every copy has the same Message-ID.");
    }
    out.println("  taken " + mail.createdAt() + ", expires " + mail.expiresAt());
    if (mail.isScheduled()) {
      out.println("  next try " + mail.dueAt());
    }
    attempts.forEach(this::print);
  }

  private void print(Attempt attempt) {
    out.println();
    out.println("Try %d, %s: %s".formatted(attempt.number(), attempt.startedAt(), attempt.label()));
    var ladder = new LadderPrinter(out, Paper.of(System.getenv(), false));
    attempt.rungs().forEach(ladder::print);
    if (!attempt.summary().isEmpty()) {
      out.println("  " + attempt.summary());
    }
    var step = 1;
    for (var remedy : attempt.remedy()) {
      out.println("  " + step++ + ". " + remedy);
    }
  }
}
