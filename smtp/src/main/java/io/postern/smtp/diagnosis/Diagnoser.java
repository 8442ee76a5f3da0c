package io.postern.smtp.diagnosis;

import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// From a finding to the one cause, its sentence and its fix.
public final class Diagnoser {
  private Diagnoser() {}

  public static Diagnosis diagnose(Stage stage, Finding finding, DiagnosisContext context) {
    var diagnosis = cause(stage, finding, context);
    return diagnosis.with(
        evidence(finding),
        page(stage, finding, context),
        finding instanceof Finding.PinNotOffered
            ? List.of(Repairs.withoutPin())
            : Repairs.of(diagnosis.cause(), context));
  }

  private static Diagnosis cause(Stage stage, Finding finding, DiagnosisContext context) {
    if (stage == Stage.AUTH && context.evidence().worksWithoutSignIn(context.host())) {
      return Refusals.worded("auth-not-needed", Certainty.LIKELY, context);
    }
    return switch (finding) {
      case Finding.ConfigValue value -> Values.configured(value);
      case Finding.EgressDenied denied -> Connections.denied(denied);
      case Finding.NameNotFound missing -> Lookups.notFound(missing, context);
      case Finding.NoAddress missing -> Lookups.noAddress(missing, context);
      case Finding.ResolverUnreachable _ -> Lookups.noResolver(context);
      case Finding.ZoneFails fails -> Lookups.zoneFails(fails, context);
      case Finding.AnswerUnusable unusable -> Lookups.unusable(unusable, context);
      case Finding.ConnectFailed failed -> Connections.connect(failed, context);
      case Finding.NoAnswer none -> Connections.noAnswer(stage, none, context);
      case Finding.ConnectionLost lost -> Connections.lost(stage, lost, context);
      case Finding.ProtocolBroken broken -> Protocols.diagnose(stage, broken, context);
      case Finding.TlsInsteadOfGreeting _ -> Handshakes.unexpected(context);
      case Finding.InjectedOctets _ -> Handshakes.injected(context);
      case Finding.Refused(var command, var reply) -> refused(stage, command, reply, context);
      case Finding.NotOffered(var keyword) -> Offers.notOffered(keyword, context);
      case Finding.MechanismsUnusable unusable -> Offers.unusable(unusable);
      case Finding.PinNotOffered pin -> Offers.pin(pin);
      case Finding.TokenMissing missing -> Values.noToken(missing);
      case Finding.ServerNotProven unproven -> Values.unproven(unproven);
      case Finding.TooLarge large -> Values.tooLarge(large);
      case Finding.MessageMalformed malformed -> Values.malformed(malformed);
      case Finding.HandshakeFailed failed -> Handshakes.diagnose(failed, context);
      case Finding.CertificateRefused refused -> Certificates.diagnose(refused, context);
    };
  }

  /// Who refuses may be no mail server at all, or a firewall; only then the reply is read.
  private static Diagnosis refused(
      Stage stage, String command, Reply reply, DiagnosisContext context) {
    var other = Protocols.otherService(stage, reply, context);
    if (other != null) {
      return other;
    }
    return stage == Stage.EHLO && Greetings.isMasked(context)
        ? Told.certain("smtp-inspection-firewall", context, "The greeting is written over.")
        : Refusals.diagnose(stage, command, reply, context);
  }

  /// Some providers say 2xx to the final dot and mean that nobody will get the message.
  ///
  /// @param context asked for only when the reply looks like one of those
  /// @return null for an acceptance that is one
  public static @Nullable Diagnosis falseAcceptance(
      Reply reply, Supplier<DiagnosisContext> context) {
    return Rulebook.mayRefute(reply)
        ? Refusals.falseAcceptance(Stage.DATA, "final dot", reply, context.get())
        : null;
  }

  static Diagnosis sure(String cause, String summary, boolean retryUseful, String... remedy) {
    return Diagnosis.of(cause, Certainty.CERTAIN, summary, retryUseful, List.of(remedy));
  }

  static Diagnosis likely(String cause, String summary, boolean retryUseful, String... remedy) {
    return Diagnosis.of(cause, Certainty.LIKELY, summary, retryUseful, List.of(remedy));
  }

  static Diagnosis guess(String cause, String summary, boolean retryUseful, String... remedy) {
    return Diagnosis.of(cause, Certainty.GUESS, summary, retryUseful, List.of(remedy));
  }

  private static String evidence(Finding finding) {
    return finding instanceof Finding.Refused(_, var reply) ? reply.toString() : "";
  }

  private static Diagnosis.@Nullable Page page(
      Stage stage, Finding finding, DiagnosisContext context) {
    var provider =
        finding instanceof Finding.Refused(var command, var reply)
            ? Rulebook.recognize(new Condition.Situation(stage, command, reply, context))
            : Rulebook.recognize(context);
    return provider == null || provider.page().isEmpty()
        ? null
        : new Diagnosis.Page(provider.name(), provider.page());
  }
}
