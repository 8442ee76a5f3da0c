package io.postern.smtp.fuzz;

import io.postern.smtp.MalformedValueException;
import io.postern.smtp.Printable;
import io.postern.smtp.Reply;
import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Causes;
import io.postern.smtp.diagnosis.Diagnoser;
import io.postern.smtp.diagnosis.Diagnosis;
import io.postern.smtp.diagnosis.DiagnosisContext;
import io.postern.smtp.diagnosis.Evidence;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.PastedReply;
import io.postern.smtp.fixtures.MemorySocket;
import io.postern.smtp.wire.Deadline;
import io.postern.smtp.wire.Transcript;
import io.postern.smtp.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// Whatever a server refuses with, at whatever step, has one cause of the catalogue, with words
/// that are complete and harmless to show (R-105, R-106; F-409).
///
/// The input: step, command and server by one octet each, then the greeting up to a NUL, then the
/// reply, once as octets of a server and once as people paste it.
public final class RulesFuzz {
  private static final List<Stage> STAGES = List.of(Stage.values());
  private static final List<String> COMMANDS =
      List.of("EHLO", "STARTTLS", "AUTH PLAIN", "MAIL FROM", "RCPT TO", "DATA", "final dot", "");
  private static final List<String> HOSTS =
      List.of(
          "mx.test",
          "smtp.gmail.com",
          "smtp.office365.com",
          "email-smtp.eu-west-1.amazonaws.com",
          "smtp.sendgrid.net",
          "smtp.mailgun.org",
          "in-v3.mailjet.com",
          "192.0.2.7");

  private RulesFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 4) {
      return;
    }
    var stage = STAGES.get((input[0] & 0xff) % STAGES.size());
    var command = COMMANDS.get((input[1] & 0xff) % COMMANDS.size());
    var host = HOSTS.get((input[2] & 0xff) % HOSTS.size());
    var end = 3;
    while (end < input.length && input[end] != 0) {
      end++;
    }
    var greeting = Printable.of(new String(input, 3, end - 3, StandardCharsets.UTF_8));
    var said = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
    var context = context(host, greeting);
    try {
      judge(stage, command, read(said), context);
    } catch (IOException _) {
      // No reply; ReplyFuzz looks closer.
    }
    try {
      judge(stage, command, PastedReply.parse(new String(said, StandardCharsets.UTF_8)), context);
    } catch (MalformedValueException _) {
      // No reply in what was pasted.
    }
  }

  private static void judge(Stage stage, String command, Reply reply, DiagnosisContext context) {
    check(Diagnoser.diagnose(stage, new Finding.Refused(command, reply), context));
    var accepted = Diagnoser.falseAcceptance(reply, () -> context);
    if (accepted != null) {
      check(accepted);
    }
  }

  private static void check(Diagnosis diagnosis) {
    demand(Causes.of(diagnosis.cause()).title().length() > 0, "a cause of the catalogue");
    demand(!diagnosis.title().isBlank() && !diagnosis.summary().isBlank(), "its words");
    harmless(diagnosis.title());
    harmless(diagnosis.summary());
    harmless(diagnosis.evidence());
    diagnosis.remedy().forEach(RulesFuzz::harmless);
    diagnosis.otherCauses().forEach(other -> Causes.of(other.cause()));
  }

  private static void harmless(String words) {
    demand(words.codePoints().allMatch(Printable::isHarmless), "nothing that steers a terminal");
  }

  private static Reply read(byte[] said) throws IOException {
    return new Wire(new MemorySocket(said), new Transcript())
        .read(Deadline.after(Duration.ofDays(1), () -> 0));
  }

  private static DiagnosisContext context(String host, String greeting) {
    return new DiagnosisContext(
        host,
        587,
        Security.STARTTLS,
        greeting,
        List.of("AUTH", "STARTTLS"),
        List.of("PLAIN", "LOGIN"),
        List.of(host),
        "console@example.net",
        Secret.of("sesame-street"),
        false,
        "console@example.net",
        "somebody@example.org",
        "",
        Instant.parse("2026-11-26T12:00:00Z"),
        Evidence.NONE);
  }

  private static void demand(boolean held, String what) {
    if (!held) {
      throw new AssertionError("broken: " + what);
    }
  }
}
