package io.postern.smtp.diagnosis;

import io.postern.smtp.EnhancedStatus;
import io.postern.smtp.Reply;
import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a reply means that somebody found in a log, without the conversation around it.
///
/// @param stage what it was the answer to
/// @param stageKnown false when the stage was taken from the code
/// @param diagnosis never certain: the settings behind the reply are not known
public record Explanation(Stage stage, boolean stageKnown, Diagnosis diagnosis) {
  private static final Set<Integer> SIGN_IN = Set.of(432, 435, 454, 504, 524, 525, 534, 535, 538);
  private static final int AUTHENTICATION_REQUIRED = 530;
  private static final int AUTHENTICATION_LATER = 454;

  /// @param stage what it answers, null when that is not known
  /// @param provider whose reply it is, null when that is not known
  public static Explanation of(
      Reply reply, @Nullable Stage stage, @Nullable Provider provider, Instant now) {
    var answered = stage == null ? likelyStage(reply) : stage;
    var found =
        Diagnoser.diagnose(
            answered, new Finding.Refused(command(answered), reply), context(reply, provider, now));
    return new Explanation(answered, stage != null, found.atMostLikely());
  }

  /// The stage at which codes of this kind stand (RFC 3463, RFC 4954, RFC 5321 section 4.3.2).
  private static Stage likelyStage(Reply reply) {
    var status = reply.enhanced();
    if (reply.code() == AUTHENTICATION_LATER && isNotAuthorized(status)) {
      return Stage.RCPT_TO;
    }
    if (SIGN_IN.contains(reply.code()) || isAboutSignIn(reply)) {
      return Stage.AUTH;
    }
    return status == null || status.subject() > 2
        ? stageOfCode(reply.code())
        : stageOfAddress(status);
  }

  /// Delivery not authorized (RFC 3463 section 3.8, X.7.1): with the code of a sign-in that fails
  /// for now (RFC 4954 section 6) it puts a recipient off.
  private static boolean isNotAuthorized(@Nullable EnhancedStatus status) {
    return status != null && status.subject() == 7 && status.detail() == 1;
  }

  private static Stage stageOfAddress(EnhancedStatus status) {
    var sender = status.subject() == 1 && (status.detail() == 7 || status.detail() == 8);
    return sender ? Stage.MAIL_FROM : Stage.RCPT_TO;
  }

  private static Stage stageOfCode(int code) {
    return switch (code) {
      case AUTHENTICATION_REQUIRED -> Stage.MAIL_FROM;
      case 450, 550, 553 -> Stage.RCPT_TO;
      case 421, 521 -> Stage.BANNER;
      default -> Stage.DATA;
    };
  }

  private static boolean isAboutSignIn(Reply reply) {
    EnhancedStatus status = reply.enhanced();
    return status != null
        && status.subject() == 7
        && (status.detail() == 8 || status.detail() == 9 || status.detail() == 139);
  }

  private static String command(Stage stage) {
    return switch (stage) {
      case EHLO -> "EHLO";
      case STARTTLS -> "STARTTLS";
      case AUTH -> "AUTH";
      case MAIL_FROM -> "MAIL FROM";
      case RCPT_TO -> "RCPT TO";
      case DATA, DELIVERY -> "final dot";
      case CONFIG, DNS, CONNECT, TLS, BANNER, CERTIFICATE -> "connect";
    };
  }

  private static DiagnosisContext context(Reply reply, @Nullable Provider provider, Instant now) {
    var host =
        provider == null || provider.submissions().isEmpty()
            ? ""
            : provider.submissions().getFirst().host();
    return new DiagnosisContext(
        host,
        587,
        Security.STARTTLS,
        "",
        List.of(),
        List.of("PLAIN"),
        List.of(),
        "",
        Secret.of(""),
        reply.code() != AUTHENTICATION_REQUIRED,
        "",
        "",
        "",
        now,
        Evidence.NONE);
  }
}
