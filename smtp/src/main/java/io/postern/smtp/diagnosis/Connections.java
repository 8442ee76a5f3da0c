package io.postern.smtp.diagnosis;

import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding.Attempt;
import io.postern.smtp.diagnosis.Finding.Attempt.Reason;
import java.util.List;

/// Why there is no connection.
final class Connections {
  private Connections() {}

  static Diagnosis connect(Finding.ConnectFailed failed, DiagnosisContext context) {
    var astray = Lookups.astray(context);
    if (astray != null) {
      return astray;
    }
    var reasons = failed.attempts().stream().map(Attempt::reason).distinct().toList();
    if (reasons.contains(Reason.REFUSED)) {
      return refused(context);
    }
    if (reasons.contains(Reason.RESET)) {
      return Told.likely(
          context.isThisMachine() ? "connection-lost" : "connection-reset-by-middlebox",
          context,
          "");
    }
    if (reasons.equals(List.of(Reason.NO_ROUTE))) {
      return noRoute(failed, context);
    }
    return silent(context);
  }

  private static Diagnosis refused(DiagnosisContext context) {
    var reach = Reach.of(context);
    if (context.isThisMachine() && context.evidence().circumstances().container()) {
      return Told.likely("localhost-in-container", context, "")
          .or("connection-refused-wrong-port", Certainty.GUESS);
    }
    // A ban shuts all doors for mail; where another one opens, this one has nobody behind it.
    var open = reach.openMail().stream().filter(port -> port != 25).toList();
    if (!open.isEmpty()) {
      return Told.certain("connection-refused-wrong-port", context, reach.words());
    }
    return Told.likely("connection-refused-wrong-port", context, reach.words())
        .or("client-ip-banned", Certainty.GUESS);
  }

  private static Diagnosis noRoute(Finding.ConnectFailed failed, DiagnosisContext context) {
    var reach = Reach.of(context);
    var proxies = context.evidence().circumstances().proxies();
    if (!proxies.isEmpty() && reach.allShut()) {
      return Told.likely("proxy-required", context, proxy(proxies));
    }
    if (reach.relayAnswers()) {
      // A firewall of the server says "unreachable" for ports that it does not serve.
      return Told.likely("connection-refused-wrong-port", context, reach.words())
          .or("client-ip-banned", Certainty.GUESS);
    }
    var six = failed.attempts().stream().allMatch(attempt -> attempt.address().contains(":"));
    return Told.likely(six ? "ipv6-no-route" : "ipv4-no-route", context, reach.words());
  }

  /// Packets vanish: on the way out, or at the door of this one server.
  private static Diagnosis silent(DiagnosisContext context) {
    var reach = Reach.of(context);
    var proxies = context.evidence().circumstances().proxies();
    if (!proxies.isEmpty() && reach.allShut()) {
      return Told.likely("proxy-required", context, proxy(proxies))
          .or("port-blocked-egress", Certainty.GUESS);
    }
    return switch (reach.mailElsewhere()) {
      case SILENT -> blocked(context, reach);
      case ANSWERS -> shutOut(context, reach);
      case UNKNOWN ->
          Told.likely("port-blocked-egress", context, reach.words())
              .or("client-ip-banned", Certainty.GUESS);
    };
  }

  private static Diagnosis blocked(DiagnosisContext context, Reach reach) {
    return reach.anyOpen()
        ? Told.certain(
            "port-blocked-egress",
            context,
            "The same happens with other servers, while other ports get through. " + reach.words())
        : Told.likely("port-blocked-egress", context, "Nothing else opens from here either.")
            .or("proxy-required", Certainty.GUESS);
  }

  /// Others answer on this port, this server does not.
  private static Diagnosis shutOut(DiagnosisContext context, Reach reach) {
    var words = ("Other servers answer on port %d. " + reach.words()).formatted(context.port());
    if (!reach.openMail().isEmpty()) {
      return Told.likely("connection-refused-wrong-port", context, words.strip())
          .or("client-ip-banned", Certainty.GUESS);
    }
    return reach.relayAnswers()
        ? Told.likely("client-ip-banned", context, words.strip())
            .or("connection-refused-wrong-port", Certainty.GUESS)
        : Told.guess("client-ip-banned", context, words.strip())
            .or("connection-refused-wrong-port", Certainty.GUESS);
  }

  static Diagnosis denied(Finding.EgressDenied denied) {
    var diagnosis =
        denied.forGood()
            ? Diagnoser.sure(
                "port-blocked-egress",
                denied.sentence(),
                false,
                "Enter the name or address of a mail server in Outgoing Server.",
                "If the name was right, have its address in the DNS corrected.")
            : Diagnoser.sure(
                "port-blocked-egress",
                denied.sentence(),
                false,
                "Choose another server.",
                "Or have whoever runs this instance change its egress rules (--egress).");
    return diagnosis.titled("Postern may not connect there");
  }

  static Diagnosis noAnswer(Stage stage, Finding.NoAnswer none, DiagnosisContext context) {
    return stage == Stage.BANNER
        ? Greetings.none(none, context)
        : fellSilent(
            "It stopped answering in the middle of the conversation (%s, %d s)."
                .formatted(stage.label(), none.waited().toSeconds()));
  }

  /// Nobody has cut the connection; it is as good as lost.
  private static Diagnosis fellSilent(String sentence) {
    return Diagnoser.likely(
            "connection-lost",
            sentence,
            true,
            "Validate again.",
            "If it falls silent at the same point each time, tell whoever runs the server; its log shows what it waited for.",
            "If it happens through one network only, look at firewalls and VPNs on the way: packet size (MTU), mail inspection.")
        .titled("The server stopped answering");
  }

  static Diagnosis lost(Stage stage, Finding.ConnectionLost lost, DiagnosisContext context) {
    return stage == Stage.BANNER
        ? Greetings.lost(lost, context)
        : Told.likely("connection-lost", context, "It broke here: %s.".formatted(stage.label()));
  }

  private static String proxy(List<String> proxies) {
    return "The environment names %s.".formatted(String.join(", ", proxies));
  }
}
