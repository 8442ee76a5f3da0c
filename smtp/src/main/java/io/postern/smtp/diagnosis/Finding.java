package io.postern.smtp.diagnosis;

import io.postern.smtp.PasswordMechanism;
import io.postern.smtp.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Why a stage failed: one kind per shape of facts. Every switch over them is exhaustive.
public sealed interface Finding {
  /// A value of the settings cannot be right, whatever the network says; `cause` is the slug.
  record ConfigValue(String field, String cause, String sentence) implements Finding {}

  /// The egress gate forbids the destination.
  ///
  /// @param forGood whether no rule of the instance could open it
  record EgressDenied(String sentence, boolean forGood) implements Finding {}

  /// NXDOMAIN.
  record NameNotFound(String host) implements Finding {}

  /// The name exists without an address.
  record NoAddress(String host) implements Finding {}

  /// No DNS server answered.
  record ResolverUnreachable(String host) implements Finding {}

  /// The name servers of this zone fail.
  record ZoneFails(String host, String code) implements Finding {}

  /// What the DNS says about the name is no answer.
  ///
  /// @param ofZone whether the records of the name are wrong, whichever server is asked
  /// @param sentence what came
  record AnswerUnusable(String host, boolean ofZone, String sentence) implements Finding {}

  /// No TCP connection to any address.
  record ConnectFailed(List<Attempt> attempts) implements Finding {
    public ConnectFailed {
      attempts = List.copyOf(attempts);
    }
  }

  /// How a connection to one address ended.
  record Attempt(String address, Reason reason) {
    /// Why there was no connection.
    public enum Reason {
      REFUSED,
      NO_ANSWER,
      NO_ROUTE,
      RESET,
      DENIED,
      OTHER
    }
  }

  /// Nothing came within the time.
  record NoAnswer(String waitingFor, Duration waited) implements Finding {}

  /// The connection broke.
  ///
  /// @param reset by RST, not in order
  record ConnectionLost(String during, boolean reset) implements Finding {}

  /// What came is no SMTP.
  ///
  /// @param first the first octets as printable text; of what was no greeting, [FirstLine#kept]
  record ProtocolBroken(String sentence, String first) implements Finding {}

  /// TLS where a greeting was due.
  record TlsInsteadOfGreeting() implements Finding {}

  /// Octets stood behind the reply to STARTTLS.
  record InjectedOctets() implements Finding {}

  /// A reply that refused the command.
  record Refused(String command, Reply reply) implements Finding {}

  /// An EHLO keyword that is needed and not there.
  record NotOffered(String keyword) implements Finding {}

  /// No mechanism in common.
  record MechanismsUnusable(List<String> offered) implements Finding {
    public MechanismsUnusable {
      offered = List.copyOf(offered);
    }
  }

  /// The one mechanism that the settings allow is not among those that the server offers, or cannot
  /// be used over this connection.
  record PinNotOffered(PasswordMechanism pinned, List<String> offered) implements Finding {
    public PinNotOffered {
      offered = List.copyOf(offered);
    }

    /// A sentence.
    public String sentence() {
      if (offered.contains(pinned.word())) {
        return "Sign-in mechanism is set to %s, and there is no TLS that it could be bound to."
            .formatted(pinned.word());
      }
      return "Sign-in mechanism is set to %s, which the server does not offer; it offers %s."
          .formatted(pinned.word(), offered.isEmpty() ? "none" : String.join(", ", offered));
    }
  }

  /// There is no access token to sign in with; the server was asked nothing.
  record TokenMissing(String sentence) implements Finding {}

  /// The server did not prove that it knows the password (SCRAM).
  record ServerNotProven(String sentence) implements Finding {}

  /// The message is larger than the server's limit.
  record TooLarge(long octets, long limit) implements Finding {}

  /// The message breaks a rule before it is sent.
  record MessageMalformed(String sentence) implements Finding {}

  /// The TLS handshake broke.
  record HandshakeFailed(Break kind, String detail) implements Finding {
    /// What the alert or the octets say.
    public enum Break {
      NOT_TLS,
      PROTOCOL_VERSION,
      SERVER_TOO_OLD,
      NO_COMMON_SUITE,
      CLIENT_CERTIFICATE_WANTED,
      NAME_NOT_SERVED,
      WEAK_DH,
      LEGACY_SIGNATURE,
      /// The server sent more than a handshake may hold here.
      OVERSIZED,
      CLOSED,
      TIMED_OUT,
      OTHER
    }
  }

  /// The certificate is not acceptable.
  record CertificateRefused(
      Flaw kind, String subject, String issuer, Instant when, List<String> names)
      implements Finding {
    public CertificateRefused {
      names = List.copyOf(names);
    }

    /// Why.
    public enum Flaw {
      EXPIRED,
      NOT_YET_VALID,
      NAME_MISMATCH,
      SELF_SIGNED,
      UNKNOWN_ISSUER,
      INCOMPLETE_CHAIN,
      WEAK_KEY,
      WEAK_SIGNATURE,
      WRONG_USAGE,
      REVOKED,
      MALFORMED
    }
  }
}
