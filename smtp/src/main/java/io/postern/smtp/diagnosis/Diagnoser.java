package io.postern.smtp.diagnosis;

import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From a finding to the one cause, its sentence and its fix.
public final class Diagnoser {
  private Diagnoser() {}

  public static Diagnosis diagnose(Stage stage, Finding finding, DiagnosisContext context) {
    return switch (finding) {
      case Finding.ConfigValue value -> Values.configured(value);
      case Finding.EgressDenied denied -> Connections.denied(denied);
      case Finding.NameNotFound missing -> Lookups.notFound(missing);
      case Finding.NoAddress missing -> Lookups.noAddress(missing);
      case Finding.ResolverUnreachable _ -> Lookups.noResolver();
      case Finding.ZoneFails fails -> Lookups.zoneFails(fails);
      case Finding.ConnectFailed failed -> Connections.connect(failed, context);
      case Finding.NoAnswer none -> Connections.noAnswer(stage, none, context);
      case Finding.ConnectionLost lost -> Connections.lost(stage, lost);
      case Finding.ProtocolBroken broken -> Protocols.diagnose(broken, context);
      case Finding.TlsInsteadOfGreeting _ -> Handshakes.unexpected(context);
      case Finding.InjectedOctets _ -> Handshakes.injected();
      case Finding.Refused(var command, var reply) ->
          Refusals.diagnose(stage, command, reply, context);
      case Finding.NotOffered(var keyword) -> Offers.notOffered(keyword, context);
      case Finding.MechanismsUnusable unusable -> Offers.unusable(unusable);
      case Finding.ServerNotProven unproven -> Values.unproven(unproven);
      case Finding.TooLarge large -> Values.tooLarge(large);
      case Finding.MessageMalformed malformed -> Values.malformed(malformed);
      case Finding.HandshakeFailed failed -> Handshakes.diagnose(failed, context);
      case Finding.CertificateRefused refused -> Certificates.diagnose(refused, context);
    };
  }

  /// Some providers say 2xx to the final dot and mean that nobody will get the message.
  ///
  /// @return null for an acceptance that is one
  public static @Nullable Diagnosis falseAcceptance(Reply reply, DiagnosisContext context) {
    return Refusals.falseAcceptance(Stage.DATA, "final dot", reply, context);
  }

  static Diagnosis sure(String cause, String summary, boolean retryUseful, String... remedy) {
    return new Diagnosis(
        cause, Certainty.CERTAIN, summary, List.of(remedy), retryUseful, List.of());
  }

  static Diagnosis likely(String cause, String summary, boolean retryUseful, String... remedy) {
    return new Diagnosis(cause, Certainty.LIKELY, summary, List.of(remedy), retryUseful, List.of());
  }

  static Diagnosis guess(String cause, String summary, boolean retryUseful, String... remedy) {
    return new Diagnosis(cause, Certainty.GUESS, summary, List.of(remedy), retryUseful, List.of());
  }
}
