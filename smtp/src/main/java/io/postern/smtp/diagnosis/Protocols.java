package io.postern.smtp.diagnosis;

import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What was met where SMTP was due.
final class Protocols {
  private Protocols() {}

  static Diagnosis diagnose(Stage stage, Finding.ProtocolBroken broken, DiagnosisContext context) {
    var service = FirstLine.service(broken.first());
    if (!service.isEmpty()) {
      return Told.certain("wrong-service-on-port", context, "It is %s.".formatted(service));
    }
    if (Greetings.isMasked(context)) {
      return Told.likely("smtp-inspection-firewall", context, "");
    }
    var astray = stage == Stage.BANNER ? Lookups.astray(context) : null;
    if (astray != null) {
      return astray;
    }
    if (stage == Stage.BANNER && !broken.first().matches("[2-5][0-9][0-9].*")) {
      var other = Told.likely("wrong-service-on-port", context, said(broken));
      return context.isThisMachine() ? other : other.or("smtp-intercepted", Certainty.GUESS);
    }
    if (context.isThisMachine()) {
      return Told.likely("server-misconfigured", context, broken.sentence());
    }
    return Told.likely("server-misconfigured", context, broken.sentence())
        .or("smtp-intercepted", Certainty.GUESS);
  }

  /// A greeting or a refusal in SMTP's form from another service; null when there is no sign of
  /// one.
  static @Nullable Diagnosis otherService(Stage stage, Reply reply, DiagnosisContext context) {
    var greeting = (stage == Stage.BANNER ? reply.text() : context.greeting());
    var words = " " + greeting.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]+", " ") + " ";
    if (stage == Stage.BANNER && reply.isPositive() && reply.code() != 220) {
      return Told.likely(
          "wrong-service-on-port",
          context,
          "It greets with %d, as news servers do, not with 220.".formatted(reply.code()));
    }
    if (stage != Stage.EHLO) {
      return null;
    }
    if (words.contains(" LMTP ")) {
      return Told.likely(
          "wrong-service-on-port", context, "It is LMTP, for delivery inside a mail system.");
    }
    return words.matches(".*(FTP|FILEZILLA).*") && !words.contains("SMTP")
        ? Told.likely("wrong-service-on-port", context, "It is FTP, for files.")
        : null;
  }

  private static String said(Finding.ProtocolBroken broken) {
    return broken.first().isEmpty() || broken.first().equals(FirstLine.UNKNOWN)
        ? broken.sentence()
        : "It says: %s.".formatted(broken.first());
  }
}
