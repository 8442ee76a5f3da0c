package io.postern.smtp.session;

import io.postern.smtp.EnhancedStatus;
import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Diagnosis;
import io.postern.smtp.diagnosis.Finding;
import java.util.Set;

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

  /// Before a recipient is named only the form of the message can be at fault; whatever else is
  /// said of it there is said of the sender, and concerns all mail.
  private static final Set<String> OF_THE_FORM =
      Set.of("message-too-large", "smtputf8-needed", "8bitmime-needed");

  private static final EnhancedStatus TOO_MANY_RECIPIENTS = new EnhancedStatus(5, 5, 3);
  private static final Set<EnhancedStatus> OVER_SIZE =
      Set.of(new EnhancedStatus(5, 3, 4), new EnhancedStatus(5, 2, 3));

  /// Says nothing about a message, whatever the words.
  private static final int BAD_SEQUENCE = 503;

  private Scopes() {}

  static Failure failure(Stop stop, Diagnosis diagnosis) {
    return new Failure(
        stop.stage(), stop.finding(), diagnosis, scope(stop, diagnosis), stop.reply());
  }

  private static Failure.Scope scope(Stop stop, Diagnosis diagnosis) {
    var ofMessage = OF_THE_MESSAGE.contains(diagnosis.cause());
    return switch (stop.stage()) {
      case MAIL_FROM ->
          (OF_THE_FORM.contains(diagnosis.cause()) || isOverSize(stop)) && isPermanent(stop)
              ? Failure.Scope.MESSAGE
              : atMessage(stop, false);
      case RCPT_TO, DATA ->
          (ofMessage || isOverSize(stop)) && isPermanent(stop)
              ? Failure.Scope.MESSAGE
              : atMessage(stop, ofMessage);
      case CONFIG, DNS, CONNECT, TLS, BANNER, EHLO, STARTTLS, CERTIFICATE, AUTH ->
          Failure.Scope.DESTINATION;
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
        : reply.isTransient() || isTooManyRecipients(stop) || isOutOfPlace(stop, reply);
  }

  /// A 2xx that means "taken and thrown away" ends the message as well: sent again it would be
  /// thrown away again.
  private static boolean isPermanent(Stop stop) {
    var reply = stop.reply();
    return reply == null
        ? stop.finding() instanceof Finding.TooLarge
            || stop.finding() instanceof Finding.NotOffered
            || stop.finding() instanceof Finding.MessageMalformed
        : !reply.isTransient()
            && reply.code() != BAD_SEQUENCE
            && !isTooManyRecipients(stop)
            && !isOutOfPlace(stop, reply);
  }

  /// A 2yz or 3yz where it answers nothing: the server is confused, which passes.
  private static boolean isOutOfPlace(Stop stop, Reply reply) {
    var taken =
        stop.finding() instanceof Finding.Refused(var command, _)
            && command.equals("final dot")
            && reply.isPositive();
    return reply.code() < 400 && !taken;
  }

  /// 552 to RCPT means "too many recipients" for servers of RFC 821, and passes; with a code of its
  /// own it means the size (RFC 5321 section 4.5.3.1.10, RFC 1870 section 6.4; R-125).
  private static boolean isTooManyRecipients(Stop stop) {
    var reply = stop.reply();
    return stop.stage() == Stage.RCPT_TO
        && reply != null
        && reply.code() == 552
        && (reply.enhanced() == null || TOO_MANY_RECIPIENTS.equals(reply.enhanced()));
  }

  /// The size of this message, told by code; a sender's full mailbox is 5.2.2 and concerns all.
  private static boolean isOverSize(Stop stop) {
    var reply = stop.reply();
    return reply != null
        && reply.code() == 552
        && reply.enhanced() != null
        && OVER_SIZE.contains(reply.enhanced());
  }
}
