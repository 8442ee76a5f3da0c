package io.postern.smtp.diagnosis;

import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding.Attempt.Reason;
import java.util.List;

/// Why there is no connection, or none any more.
final class Connections {
  private Connections() {}

  static Diagnosis connect(Finding.ConnectFailed failed, DiagnosisContext context) {
    var reasons = failed.attempts().stream().map(Finding.Attempt::reason).distinct().toList();
    var where = context.host() + " on port " + context.port();
    if (reasons.contains(Reason.REFUSED)) {
      return Diagnoser.sure(
          "connection-refused-wrong-port",
          "A machine answered for " + where + ", but nothing listens there.",
          false,
          "Check Outgoing Port: 587 with STARTTLS and 465 with TLS from the start are usual.",
          "Check that the mail server runs.");
    }
    if (reasons.contains(Reason.RESET)) {
      return Diagnoser.likely(
          "connection-reset-by-middlebox",
          "The connection to " + where + " was reset at once.",
          true,
          "Ask who runs the network whether a firewall closes outgoing mail connections.");
    }
    if (reasons.equals(List.of(Reason.NO_ROUTE))) {
      var six = failed.attempts().stream().allMatch(attempt -> attempt.address().contains(":"));
      return Diagnoser.likely(
          six ? "ipv6-no-route" : "ipv4-no-route",
          "This machine has no way to " + context.host() + ".",
          true,
          six
              ? "Give this machine IPv6, or use a server with an IPv4 address."
              : "Check the routes and the firewall of this machine.");
    }
    return Diagnoser.likely(
        "port-blocked-egress",
        "No answer from " + where + ": most likely a firewall or the hosting provider drops it.",
        false,
        "Try port 587, 465 or 2525, whichever your provider offers.",
        "Ask your hosting provider whether outgoing mail ports are open.");
  }

  static Diagnosis noAnswer(Stage stage, Finding.NoAnswer none, DiagnosisContext context) {
    var seconds = none.waited().toSeconds();
    if (stage == Stage.BANNER && context.security() != Security.TLS) {
      return Diagnoser.guess(
          "plaintext-on-implicit-tls-port",
          "The server took the connection and said nothing for %d s; most likely it waits for TLS."
              .formatted(seconds),
          true,
          "Set Connection Security to TLS from the start, or use port 587.");
    }
    if (stage == Stage.BANNER) {
      return Diagnoser.likely(
          "slow-banner",
          "The server said nothing for %d s.".formatted(seconds),
          true,
          "Try again later; ask whoever runs the server why it greets so late.");
    }
    return Diagnoser.likely(
        "connection-lost",
        "The server stopped answering (%s, %d s).".formatted(stage.label(), seconds),
        true,
        "Try again; if it lasts, ask whoever runs the server.");
  }

  static Diagnosis lost(Stage stage, Finding.ConnectionLost lost) {
    if (stage == Stage.BANNER) {
      return lost.reset()
          ? Diagnoser.likely(
              "connection-reset-by-middlebox",
              "The connection was reset before the server greeted.",
              true,
              "Ask who runs the network whether a firewall closes outgoing mail connections.")
          : Diagnoser.likely(
              "server-closed-before-greeting",
              "The server closed the connection before it greeted.",
              true,
              "Ask whoever runs the server whether this machine's address is allowed.");
    }
    return Diagnoser.likely(
        "connection-lost",
        "The connection broke (%s).".formatted(stage.label()),
        true,
        "Try again; if it lasts, ask whoever runs the server or the network.");
  }

  static Diagnosis denied(Finding.EgressDenied denied) {
    return Diagnoser.likely(
        "port-blocked-egress",
        denied.sentence(),
        false,
        "Choose another server, or change the egress rules of this instance.");
  }
}
