package io.postern.smtp.session;

import io.postern.smtp.Reply;
import io.postern.smtp.diagnosis.Diagnosis;
import io.postern.smtp.diagnosis.Finding;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a failure says about other mails.
final class Scopes {
  /// Causes that concern the one message or its recipient, whatever the code.
  private static final Set<String> OF_THE_MESSAGE =
      Set.of(
          "mailbox-unknown",
          "mailbox-disabled",
          "mailbox-full",
          "recipient-domain-null-mx",
          "recipient-reserved-domain",
          "recipient-suppressed",
          "recipient-syntax-invalid",
          "content-rejected",
          "spam-rejected",
          "line-too-long",
          "message-malformed",
          "message-too-large",
          "smtputf8-needed",
          "8bitmime-needed",
          "recipient-policy-reject",
          "bare-linefeed");

  private Scopes() {}

  static Failure failure(Stop stop, Diagnosis diagnosis) {
    return new Failure(
        stop.stage(), stop.finding(), diagnosis, scope(stop, diagnosis), stop.reply());
  }

  private static Failure.Scope scope(Stop stop, Diagnosis diagnosis) {
    var ofMessage = OF_THE_MESSAGE.contains(diagnosis.cause());
    return switch (stop.stage()) {
      case RCPT_TO, DATA ->
          ofMessage && isPermanent(stop.reply(), stop.finding())
              ? Failure.Scope.MESSAGE
              : atMessage(stop, ofMessage);
      case CONFIG, DNS, CONNECT, TLS, BANNER, EHLO, STARTTLS, CERTIFICATE, AUTH ->
          Failure.Scope.DESTINATION;
      case MAIL_FROM -> isTransient(stop) ? Failure.Scope.TRANSIENT : Failure.Scope.DESTINATION;
      case DELIVERY -> Failure.Scope.MESSAGE;
    };
  }

  private static Failure.Scope atMessage(Stop stop, boolean ofMessage) {
    return isTransient(stop) || ofMessage ? Failure.Scope.TRANSIENT : Failure.Scope.DESTINATION;
  }

  private static boolean isTransient(Stop stop) {
    var reply = stop.reply();
    return reply == null
        ? stop.finding() instanceof Finding.NoAnswer
            || stop.finding() instanceof Finding.ConnectionLost
            || stop.finding() instanceof Finding.ProtocolBroken
        : reply.isTransient();
  }

  private static boolean isPermanent(@Nullable Reply reply, Finding finding) {
    return reply == null
        ? finding instanceof Finding.TooLarge
            || finding instanceof Finding.NotOffered
            || finding instanceof Finding.MessageMalformed
        : reply.isPermanent();
  }
}
