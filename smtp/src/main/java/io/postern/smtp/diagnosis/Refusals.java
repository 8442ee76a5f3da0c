package io.postern.smtp.diagnosis;

import io.postern.smtp.EnhancedStatus;
import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import java.util.Locale;

/// What a refusing reply means: stage, then command, code, enhanced code. Provider rules
/// refine this.
final class Refusals {
  private static final EnhancedStatus NOT_AUTHENTICATED = new EnhancedStatus(5, 7, 0);

  private Refusals() {}

  static Diagnosis diagnose(Stage stage, String command, Reply reply, DiagnosisContext context) {
    return switch (stage) {
      case BANNER -> greeting(reply);
      case EHLO ->
          speaksOf("client certificate", reply)
              ? Handshakes.clientCertificate()
              : Diagnoser.likely(
                  "ehlo-name-rejected",
                  "The server does not accept how this machine introduces itself: " + reply,
                  reply.isTransient(),
                  "Set the EHLO name to the public host name of this machine.");
      case STARTTLS ->
          Diagnoser.sure(
              "starttls-server-fault",
              "The server offers STARTTLS, but answered: " + reply,
              true,
              "Tell whoever runs the server.",
              "Try TLS from the start on port 465.");
      case AUTH -> signIn(reply);
      case MAIL_FROM -> sender(reply, context);
      case RCPT_TO -> recipient(reply, context);
      case DATA -> content(reply);
      case CONFIG, DNS, CONNECT, TLS, CERTIFICATE, DELIVERY ->
          Diagnoser.guess(
              "server-misconfigured",
              "The server answered %s to %s.".formatted(reply, command),
              reply.isTransient(),
              "Ask whoever runs the server.");
    };
  }

  private static Diagnosis greeting(Reply reply) {
    return reply.isTransient()
        ? Diagnoser.likely(
            "server-overloaded",
            "The server takes no mail at the moment: " + reply,
            true,
            "Try again later.")
        : Diagnoser.likely(
            "ip-blocklisted",
            "The server does not talk to this machine: " + reply,
            false,
            "Ask whoever runs the server to allow this machine's address.");
  }

  private static Diagnosis signIn(Reply reply) {
    return switch (reply.code()) {
      case 535 ->
          Diagnoser.likely(
              "auth-bad-credentials",
              "The server does not accept this user name with this password: " + reply,
              false,
              "Enter the password again.",
              "Check whether the provider wants an app password or the whole address as user name.");
      case 534 ->
          Diagnoser.likely(
              "app-password-required",
              "The server wants another kind of password: " + reply,
              false,
              "Create an app password at the provider.");
      case 538, 530 -> protectionFirst(reply);
      case 432, 454, 451, 421, 435 ->
          Diagnoser.likely(
              "auth-backend-unavailable",
              "The server cannot check passwords at the moment: " + reply,
              true,
              "Try again later; the password was not judged.");
      default ->
          Diagnoser.guess(
              "auth-bad-credentials",
              "The server refused the sign-in: " + reply,
              reply.isTransient(),
              "Check user name and password.");
    };
  }

  /// RFC 4954 section 6: 538 wants encryption for this mechanism; 530 wants STARTTLS before all.
  private static Diagnosis protectionFirst(Reply reply) {
    var step = "Set Connection Security to STARTTLS.";
    return reply.code() == 538
        ? Diagnoser.sure(
            "auth-before-tls-required",
            "The server takes passwords only over TLS: " + reply,
            false,
            step)
        : Diagnoser.likely(
            "starttls-required", "The server wants STARTTLS first: " + reply, false, step);
  }

  private static Diagnosis sender(Reply reply, DiagnosisContext context) {
    if (reply.code() == 530 || NOT_AUTHENTICATED.equals(reply.enhanced())) {
      return required(reply, context);
    }
    return reply.isTransient()
        ? Diagnoser.likely(
            "server-overloaded",
            "The server does not take the sender now: " + reply,
            true,
            "Try again later.")
        : Diagnoser.likely(
            "sender-not-owned",
            "The server does not accept %s as sender: %s".formatted(context.from(), reply),
            false,
            "Set From Email to an address that belongs to the account that signs in.");
  }

  private static Diagnosis required(Reply reply, DiagnosisContext context) {
    // Dovecot offers both and says which one it misses.
    var clear =
        context.keywords().contains("STARTTLS")
            && (context.mechanisms().isEmpty() || !speaksOf("authentication", reply));
    return clear
        ? Diagnoser.likely(
            "starttls-required",
            "The server wants STARTTLS first: " + reply,
            false,
            "Set Connection Security to STARTTLS.")
        : Diagnoser.likely(
            "auth-required",
            "The server wants a sign-in: " + reply,
            false,
            "Enter user name and password.");
  }

  private static Diagnosis recipient(Reply reply, DiagnosisContext context) {
    if (reply.isTransient()) {
      return Diagnoser.likely(
          "greylisted",
          "The server does not take the recipient yet: " + reply,
          true,
          "Try again in some minutes.");
    }
    var enhanced = reply.enhanced();
    if (enhanced != null && enhanced.subject() == 1) {
      return Diagnoser.likely(
          "mailbox-unknown",
          "The server knows no mailbox %s: %s".formatted(context.to(), reply),
          false,
          "Check the recipient's address.");
    }
    if (enhanced != null && enhanced.subject() == 2) {
      return mailbox(reply, enhanced, context);
    }
    if (context.username().isEmpty()) {
      return context.mechanisms().isEmpty()
          ? Diagnoser.likely(
              "relay-denied",
              "The server does not pass mail on for this machine: " + reply,
              false,
              "Use the submission port 587 and sign in, or have this machine's address allowed.")
          : Diagnoser.likely(
              "auth-required",
              "The server wants a sign-in before it passes mail on: " + reply,
              false,
              "Enter user name and password.");
    }
    return Diagnoser.guess(
        "recipient-policy-reject",
        "The server refused the recipient: " + reply,
        false,
        "Read the server's words; try another recipient.");
  }

  /// RFC 3463 section 3.3: the mailbox is there, but takes nothing.
  private static Diagnosis mailbox(Reply reply, EnhancedStatus status, DiagnosisContext context) {
    return status.detail() == 2
        ? Diagnoser.likely(
            "mailbox-full",
            "The mailbox %s is full: %s".formatted(context.to(), reply),
            true,
            "Have the recipient make room, or choose another recipient.")
        : Diagnoser.likely(
            "mailbox-disabled",
            "The mailbox %s takes no mail: %s".formatted(context.to(), reply),
            false,
            "Choose another recipient.");
  }

  private static boolean speaksOf(String words, Reply reply) {
    return reply.text().toLowerCase(Locale.ROOT).contains(words);
  }

  private static Diagnosis content(Reply reply) {
    return switch (reply.code()) {
      case 552 ->
          Diagnoser.likely(
              "message-too-large",
              "The message is too large for the server: " + reply,
              false,
              "Have the limit raised.");
      case 452 ->
          Diagnoser.likely(
              "server-storage-full",
              "The server has no room at the moment: " + reply,
              true,
              "Try again later.");
      default ->
          reply.isTransient()
              ? Diagnoser.guess(
                  "server-overloaded",
                  "The server does not take the message now: " + reply,
                  true,
                  "Try again later.")
              : Diagnoser.guess(
                  "content-rejected",
                  "The server refused the message: " + reply,
                  false,
                  "Read the server's words.");
    };
  }
}
