package io.postern.smtp.check;

import io.postern.smtp.PasswordMechanism;
import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Evidence;
import io.postern.smtp.diagnosis.Finding.Attempt.Reason;
import io.postern.smtp.diagnosis.Observation;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.diagnosis.Warning;
import io.postern.smtp.session.Credentials;
import io.postern.smtp.session.Relay;
import io.postern.smtp.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the operator should know although the configuration works.
final class Warnings {
  /// the first of the warnings before a certificate ends.
  private static final int CERTIFICATE_DAYS_MIN = 30;

  /// Where a greeting begins to be late.
  static final long SLOW_GREETING_MILLIS = 5_000;

  /// RFC 4616, and what came before it: the password itself goes to the server.
  private static final Set<String> SHOWN_BY =
      Set.of(PasswordMechanism.PLAIN.word(), PasswordMechanism.LOGIN.word());

  private static final Warning NO_SIX =
      new Warning(
          "ipv6-no-route",
          "The server has IPv6 addresses too, but this machine has no way there; IPv4 was used.");

  private static final Warning NO_FOUR =
      new Warning(
          "ipv4-no-route",
          "The server has IPv4 addresses too, but this machine has no way there; IPv6 was used.");

  private Warnings() {}

  /// @param works whether nothing failed
  static List<Warning> of(Relay relay, Session session, Evidence evidence, boolean works) {
    var warnings = new ArrayList<Warning>();
    var now = evidence.clock().here();
    var chain = session.chain();
    if (relay.trust().insecureSkipVerify() && chain != null) {
      var refusal = chain.refusal();
      warnings.add(
          new Warning(
              "insecure-skip-tls-verify",
              "The certificate was not verified: anyone on the way could pose as the server and read the password."));
      if (refusal != null) {
        warnings.add(new Warning(cause(refusal.kind()), "Verified, it would have been refused."));
      }
    }
    if (relay.credentials() != null) {
      warnings.addAll(ofThePassword(relay, session));
    } else if (works) {
      warnings.add(ofNobody(relay));
    }
    warnings.addAll(ofTheValues(relay));
    if (chain != null && chain.refusal() == null) {
      var days = Duration.between(now, chain.leaf().getNotAfter().toInstant()).toDays();
      if (days < CERTIFICATE_DAYS_MIN) {
        warnings.add(
            new Warning(
                "cert-expired", "The server's certificate ends in %d days.".formatted(days)));
      }
    }
    warnings.addAll(ofTheWay(session, evidence));
    return warnings;
  }

  /// What a server that asks for no password rests on.
  private static Warning ofNobody(Relay relay) {
    return new Warning(
        "anonymous-relay",
        "Nobody signs in: the server must know this machine by its address, and take no mail from strangers."
            + (relay.security() == Security.NONE
                ? " Mails and the links in them go over the network in clear text."
                : ""));
  }

  /// What a listener learns of it.
  private static List<Warning> ofThePassword(Relay relay, Session session) {
    if (relay.security() != Security.NONE || !triedToSignIn(session)) {
      return List.of();
    }
    return List.of(
        hidesPassword(session)
            ? new Warning(
                "cleartext-mail",
                "The sign-in hides the password, but a listener can try guesses against it; mails and the links in them go over the network in clear text.")
            : new Warning(
                "cleartext-password", "The password goes over the network in clear text."));
  }

  private static boolean triedToSignIn(Session session) {
    return session.rungs().stream().anyMatch(rung -> rung.stage() == Stage.AUTH);
  }

  /// Whether it was not sent itself: the fact of a rung that passed is the mechanism.
  private static boolean hidesPassword(Session session) {
    return session.rungs().stream()
        .anyMatch(rung ->
            rung.stage() == Stage.AUTH
                && rung.outcome() == Rung.Outcome.PASSED
                && !SHOWN_BY.contains(rung.detail()));
  }

  /// What is unusual about the settings, and left to the server.
  private static List<Warning> ofTheValues(Relay relay) {
    var warnings = new ArrayList<Warning>();
    var ehlo = relay.ehloName();
    if (ehlo != null && !ehlo.irregularity().isEmpty()) {
      warnings.add(
          new Warning(
              "ehlo-name-rejected",
              "EHLO name: %s Some servers refuse such a name.".formatted(ehlo.irregularity())));
    }
    if (relay.credentials() instanceof Credentials.Password(_, var password, _)) {
      PasswordLook.blanks(password).stream()
          .map(note -> new Warning("credentials-have-whitespace", "Password: " + note))
          .forEach(warnings::add);
    }
    return warnings;
  }

  private static boolean isConnected(Session session) {
    return session.rungs().stream()
        .anyMatch(rung -> rung.stage() == Stage.CONNECT && rung.outcome() != Rung.Outcome.FAILED);
  }

  /// What was slow or only half open on the way.
  private static List<Warning> ofTheWay(Session session, Evidence evidence) {
    var warnings = new ArrayList<Warning>();
    for (var rung : session.rungs()) {
      if (rung.stage() == Stage.CONNECT && rung.outcome() == Rung.Outcome.WARNED) {
        warnings.add(
            new Warning(
                "address-without-answer",
                "Not every address of the server answers: %s.".formatted(rung.detail())));
      }
      if (rung.stage() == Stage.BANNER
          && rung.outcome() != Rung.Outcome.FAILED
          && rung.millis() >= SLOW_GREETING_MILLIS) {
        warnings.add(
            new Warning(
                "slow-banner",
                "The server greeted only after %d s; mail programs with less patience give up before."
                    .formatted(rung.millis() / 1_000)));
      }
    }
    // Without a connection neither family was used.
    evidence
        .all(Observation.Port.class)
        .filter(_ -> isConnected(session))
        .filter(port -> !port.open() && port.reason() == Reason.NO_ROUTE)
        .map(port -> port.address().contains(":") ? NO_SIX : NO_FOUR)
        .distinct()
        .forEach(warnings::add);
    evidence
        .all(Observation.ReverseName.class)
        .filter(reverse -> !reverse.leadsBack())
        .map(reverse ->
            new Warning(
                "no-reverse-dns",
                "The address of this machine, %s, has no name that leads back to it; many servers refuse mail from such addresses."
                    .formatted(reverse.address())))
        .forEach(warnings::add);
    return warnings;
  }

  private static String cause(io.postern.smtp.diagnosis.Finding.CertificateRefused.Flaw kind) {
    return switch (kind) {
      case EXPIRED -> "cert-expired";
      case NOT_YET_VALID -> "clock-skew";
      case NAME_MISMATCH -> "cert-hostname-mismatch";
      case SELF_SIGNED -> "cert-self-signed";
      case INCOMPLETE_CHAIN -> "cert-incomplete-chain";
      case WEAK_KEY -> "cert-weak-key";
      case WEAK_SIGNATURE -> "cert-weak-signature";
      case REVOKED -> "cert-revoked";
      case UNKNOWN_ISSUER, WRONG_USAGE, MALFORMED -> "cert-unknown-ca";
    };
  }
}
