package io.postern.smtp.session;

import io.postern.smtp.Reply;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.FirstLine;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The one fact that a broken rung shows.
final class Facts {
  private Facts() {}

  static String of(Finding finding, @Nullable Reply reply) {
    return reply != null ? reply.toString() : of(finding);
  }

  static String of(Finding finding) {
    return switch (finding) {
      case Finding.ConfigValue value -> value.sentence();
      case Finding.EgressDenied denied -> denied.sentence();
      case Finding.NameNotFound missing -> "There is no name " + missing.host() + ".";
      case Finding.NoAddress missing -> missing.host() + " exists, but has no address.";
      case Finding.ResolverUnreachable _ -> "No DNS server answered.";
      case Finding.ZoneFails fails ->
          "The name servers of " + fails.host() + " answered " + fails.code() + ".";
      case Finding.AnswerUnusable unusable -> unusable.sentence();
      case Finding.ConnectFailed failed -> attempts(failed);
      case Finding.NoAnswer none -> "No answer within " + none.waited().toSeconds() + " s.";
      case Finding.ConnectionLost lost ->
          lost.reset() ? "The connection was reset." : "The server closed the connection.";
      case Finding.ProtocolBroken broken ->
          broken.first().isEmpty() || broken.first().equals(FirstLine.UNKNOWN)
              ? broken.sentence()
              : broken.sentence() + " It begins with: " + broken.first();
      case Finding.TlsInsteadOfGreeting _ -> "The server speaks TLS here.";
      case Finding.InjectedOctets _ -> "Octets came with the reply to STARTTLS, before TLS.";
      case Finding.Refused refused -> refused.reply().toString();
      case Finding.NotOffered missing -> "The server does not offer " + missing.keyword() + ".";
      case Finding.MechanismsUnusable unusable ->
          "The server offers only " + String.join(", ", unusable.offered()) + ".";
      case Finding.PinNotOffered pin -> pin.sentence();
      case Finding.TokenMissing missing -> missing.sentence();
      case Finding.ServerNotProven unproven -> unproven.sentence();
      case Finding.TooLarge large ->
          "%d octets, the server takes %d.".formatted(large.octets(), large.limit());
      case Finding.MessageMalformed malformed -> malformed.sentence();
      case Finding.HandshakeFailed failed ->
          failed.detail().isEmpty() ? "The TLS handshake broke." : failed.detail();
      case Finding.CertificateRefused refused -> certificate(refused);
    };
  }

  private static String attempts(Finding.ConnectFailed failed) {
    return failed.attempts().stream()
        .map(attempt -> attempt.address() + ": " + words(attempt.reason()))
        .collect(Collectors.joining("; "));
  }

  private static String words(Finding.Attempt.Reason reason) {
    return switch (reason) {
      case REFUSED -> "refused";
      case NO_ANSWER -> "no answer";
      case NO_ROUTE -> "no route";
      case RESET -> "reset";
      case DENIED -> "not allowed by the egress rules";
      case OTHER -> "failed";
    };
  }

  private static String certificate(Finding.CertificateRefused refused) {
    var day = refused.when().toString().substring(0, 10);
    return switch (refused.kind()) {
      case EXPIRED -> refused.subject() + ", ended on " + day;
      case NOT_YET_VALID -> refused.subject() + ", begins on " + day;
      case NAME_MISMATCH ->
          "It names "
              + (refused.names().isEmpty() ? "no host" : String.join(", ", refused.names()))
              + ".";
      case SELF_SIGNED -> refused.subject() + ", signed by itself";
      case UNKNOWN_ISSUER, INCOMPLETE_CHAIN ->
          refused.subject() + ", issued by " + refused.issuer();
      case WEAK_KEY -> refused.subject() + ", key too short";
      case WEAK_SIGNATURE -> refused.subject() + ", signed with SHA-1 or MD5";
      case WRONG_USAGE -> refused.subject() + ", not made for servers";
      case REVOKED -> refused.subject() + ", revoked by its authority on " + day;
      case MALFORMED -> refused.subject() + ", cannot be read";
    };
  }
}
