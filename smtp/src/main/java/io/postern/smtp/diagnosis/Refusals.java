package io.postern.smtp.diagnosis;

import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Condition.Situation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a reply means: stage, then command, code, enhanced code, provider, words. All of it
/// is data, see [Rulebook].
final class Refusals {
  private Refusals() {}

  static Diagnosis diagnose(Stage stage, String command, Reply reply, DiagnosisContext context) {
    var situation = new Situation(stage, command, reply, context);
    var ruling = Rulebook.rule(situation);
    return ruling == null
        ? unknown(situation)
        : Passwords.lookedAt(diagnosis(ruling, situation), stage, reply, context);
  }

  /// A cause of the catalogue in its own words.
  static Diagnosis worded(String cause, Certainty certainty, DiagnosisContext context) {
    var words = Causes.of(cause);
    var provider = Rulebook.recognize(context);
    var blanks = new Blanks(context, provider == null ? "" : provider.name(), "");
    return Diagnosis.of(
        cause,
        certainty,
        blanks.fill(words.summary()),
        words.retryUseful(),
        steps(words.steps(), blanks));
  }

  /// Some providers say 2xx and mean that nobody will get the message.
  ///
  /// @return null for an acceptance that is one
  static @Nullable Diagnosis falseAcceptance(
      Stage stage, String command, Reply reply, DiagnosisContext context) {
    var situation = new Situation(stage, command, reply, context);
    var ruling = Rulebook.rule(situation);
    return ruling == null ? null : diagnosis(ruling, situation);
  }

  private static Diagnosis diagnosis(Rulebook.Ruling ruling, Situation situation) {
    var rule = ruling.rule();
    var recognized = Rulebook.recognize(situation);
    var name = recognized == null ? "" : recognized.name();
    var words = Causes.of(rule.cause());
    var blanks = new Blanks(situation.context(), name, "");
    var retry = rule.retry();
    return new Diagnosis(
        rule.cause(),
        ruling.certainty(),
        words.title(),
        blanks.fill(words.summary()),
        "",
        steps(rule.steps().isEmpty() ? words.steps() : rule.steps(), blanks),
        retry == null ? mayPass(words, situation.reply()) : retry,
        rule.others(),
        null,
        List.of());
  }

  /// What a server says of a recipient for good (5yz, RFC 5321 section 4.2.1) it will say again: a
  /// mailbox that is full with 452 may have room later, one with 552 is given up.
  private static boolean mayPass(Causes.Words words, Reply reply) {
    return words.retryUseful() && !(words.family().equals("recipient") && reply.isPermanent());
  }

  /// Unknown is a case, and it never means permanent.
  private static Diagnosis unknown(Situation situation) {
    return Diagnoser.guess(
        "server-misconfigured",
        "The server answered %s with something that Postern does not know: %s"
            .formatted(situation.command(), situation.reply()),
        true,
        "Read the server's words; ask whoever runs it what they mean.");
  }

  private static List<String> steps(List<String> steps, Blanks blanks) {
    return steps.stream().map(blanks::fill).toList();
  }
}
