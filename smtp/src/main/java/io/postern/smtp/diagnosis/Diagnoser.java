package io.postern.smtp.diagnosis;

import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding.Attempt.Reason;
import java.util.List;

/// From a finding to the one cause, its sentence and its fix.
public final class Diagnoser {
  private Diagnoser() {}

  public static Diagnosis diagnose(Stage stage, Finding finding, DiagnosisContext context) {
    return switch (finding) {
      case Finding.ConfigValue value ->
          sure(value.cause(), value.sentence(), false, "Correct the value and validate again.");
      case Finding.EgressDenied denied ->
          likely(
              "port-blocked-egress",
              denied.sentence(),
              false,
              "Choose another server, or change the egress rules of this instance.");
      case Finding.NameNotFound missing ->
          sure(
              "host-not-found",
              "There is no server named " + missing.host() + ".",
              false,
              "Check the spelling of Outgoing Server against your provider's documentation.");
      case Finding.NoAddress missing ->
          sure(
              "host-no-address-record",
              missing.host()
                  + " exists in the DNS, but has no address; it may be a mail domain, not a server.",
              false,
              "Ask your provider for the name of the outgoing server; often it is smtp."
                  + missing.host()
                  + ".");
      case Finding.ResolverUnreachable _ ->
          sure(
              "dns-resolver-unreachable",
              "No DNS server answered this machine, so no name can be looked up.",
              true,
              "Check the name servers of this machine or container and its way to them.");
      case Finding.ZoneFails fails ->
          likely(
              "dns-servfail",
              "The name servers of " + fails.host() + " fail at the moment (" + fails.code() + ").",
              true,
              "Try again in some minutes; if it lasts, tell whoever runs the domain's DNS.");
      case Finding.ConnectFailed failed -> connect(failed, context);
      case Finding.NoAnswer none -> noAnswer(stage, none, context);
      case Finding.ConnectionLost lost -> lost(stage, lost);
      case Finding.ProtocolBroken broken -> Protocols.diagnose(broken, context);
      case Finding.TlsInsteadOfGreeting _ ->
          sure(
              "plaintext-on-implicit-tls-port",
              "The server speaks TLS from the start on port " + context.port() + ".",
              false,
              "Set Connection Security to TLS from the start.");
      case Finding.InjectedOctets _ ->
          likely(
              "smtp-intercepted",
              "Somebody on the way put octets behind the reply to STARTTLS; the connection was given up.",
              false,
              "Use TLS from the start on port 465, or another network path.");
      case Finding.Refused(var command, var reply) ->
          Refusals.diagnose(stage, command, reply, context);
      case Finding.NotOffered(var keyword) -> notOffered(keyword, context);
      case Finding.MechanismsUnusable unusable -> unusable(unusable);
      case Finding.ServerNotProven unproven ->
          likely(
              "auth-bad-credentials",
              unproven.sentence(),
              false,
              "Check the password; if it is right, somebody may stand between Postern and the server.");
      case Finding.TooLarge large ->
          sure(
              "message-too-large",
              "The message has %d octets, the relay takes %d."
                  .formatted(large.octets(), large.limit()),
              false,
              "Send less, or have the limit raised.");
      case Finding.MessageMalformed malformed ->
          sure(
              "message-malformed",
              malformed.sentence(),
              false,
              "Report this: Postern should not have made such a message.");
      case Finding.HandshakeFailed failed -> Handshakes.diagnose(failed, context);
      case Finding.CertificateRefused refused -> Certificates.diagnose(refused, context);
    };
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

  private static Diagnosis connect(Finding.ConnectFailed failed, DiagnosisContext context) {
    var reasons = failed.attempts().stream().map(Finding.Attempt::reason).distinct().toList();
    var where = context.host() + " on port " + context.port();
    if (reasons.contains(Reason.REFUSED)) {
      return sure(
          "connection-refused-wrong-port",
          "A machine answered for " + where + ", but nothing listens there.",
          false,
          "Check Outgoing Port: 587 with STARTTLS and 465 with TLS from the start are usual.",
          "Check that the mail server runs.");
    }
    if (reasons.contains(Reason.RESET)) {
      return likely(
          "connection-reset-by-middlebox",
          "The connection to " + where + " was reset at once.",
          true,
          "Ask who runs the network whether a firewall closes outgoing mail connections.");
    }
    if (reasons.equals(List.of(Reason.NO_ROUTE))) {
      var six = failed.attempts().stream().allMatch(attempt -> attempt.address().contains(":"));
      return likely(
          six ? "ipv6-no-route" : "ipv4-no-route",
          "This machine has no way to " + context.host() + ".",
          true,
          six
              ? "Give this machine IPv6, or use a server with an IPv4 address."
              : "Check the routes and the firewall of this machine.");
    }
    return likely(
        "port-blocked-egress",
        "No answer from " + where + ": most likely a firewall or the hosting provider drops it.",
        false,
        "Try port 587, 465 or 2525, whichever your provider offers.",
        "Ask your hosting provider whether outgoing mail ports are open.");
  }

  private static Diagnosis noAnswer(Stage stage, Finding.NoAnswer none, DiagnosisContext context) {
    var seconds = none.waited().toSeconds();
    if (stage == Stage.BANNER && context.security() != Security.TLS) {
      return guess(
          "plaintext-on-implicit-tls-port",
          "The server took the connection and said nothing for %d s; most likely it waits for TLS."
              .formatted(seconds),
          true,
          "Set Connection Security to TLS from the start, or use port 587.");
    }
    if (stage == Stage.BANNER) {
      return likely(
          "slow-banner",
          "The server said nothing for %d s.".formatted(seconds),
          true,
          "Try again later; ask whoever runs the server why it greets so late.");
    }
    return likely(
        "connection-lost",
        "The server stopped answering (%s, %d s).".formatted(stage.label(), seconds),
        true,
        "Try again; if it lasts, ask whoever runs the server.");
  }

  private static Diagnosis lost(Stage stage, Finding.ConnectionLost lost) {
    if (stage == Stage.BANNER) {
      return lost.reset()
          ? likely(
              "connection-reset-by-middlebox",
              "The connection was reset before the server greeted.",
              true,
              "Ask who runs the network whether a firewall closes outgoing mail connections.")
          : likely(
              "server-closed-before-greeting",
              "The server closed the connection before it greeted.",
              true,
              "Ask whoever runs the server whether this machine's address is allowed.");
    }
    return likely(
        "connection-lost",
        "The connection broke (%s).".formatted(stage.label()),
        true,
        "Try again; if it lasts, ask whoever runs the server or the network.");
  }

  private static Diagnosis notOffered(String keyword, DiagnosisContext context) {
    return switch (keyword) {
      case "STARTTLS" ->
          sure(
              "starttls-not-offered",
              "The server does not offer STARTTLS on port "
                  + context.port()
                  + ", so the connection cannot be protected this way.",
              false,
              "Use TLS from the start on port 465, if the server has it.",
              "Only inside a network you trust: set Connection Security to None.");
      case "AUTH" ->
          context.security() == Security.NONE && context.keywords().contains("STARTTLS")
              ? sure(
                  "auth-before-tls-required",
                  "The server offers sign-in only after STARTTLS.",
                  false,
                  "Set Connection Security to STARTTLS.")
              : likely(
                  "auth-not-offered",
                  "The server offers no sign-in here.",
                  false,
                  "Use the submission port, 587 or 465.",
                  "If the relay knows this machine by its address, leave user name and password empty.");
      case "8BITMIME" ->
          sure(
              "8bitmime-needed",
              "The server takes 7-bit mail only.",
              false,
              "Report this: Postern should send 7-bit mail.");
      default ->
          sure(
              "smtputf8-needed",
              "The address needs SMTPUTF8, which the server does not offer.",
              false,
              "Use an address of plain letters.");
    };
  }

  private static Diagnosis unusable(Finding.MechanismsUnusable unusable) {
    var offered = unusable.offered();
    var tokensOnly =
        offered.stream().anyMatch(name -> name.equals("XOAUTH2") || name.equals("OAUTHBEARER"));
    return tokensOnly
        ? sure(
            "oauth-required",
            "The server takes access tokens only, no passwords.",
            false,
            "Set up OAuth with your provider, or use a relay that takes a password.")
        : sure(
            "auth-mechanism-unsupported",
            "The server offers only "
                + String.join(", ", offered)
                + ", which Postern does not use.",
            false,
            "Have PLAIN, LOGIN or SCRAM-SHA-256 switched on at the server.");
  }
}
