package io.postern.smtp.diagnosis;

import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding.HandshakeFailed;
import io.postern.smtp.diagnosis.Finding.HandshakeFailed.Break;
import io.postern.smtp.diagnosis.Observation.FirstWords;

/// Why TLS did not come about.
final class Handshakes {
  private Handshakes() {}

  static Diagnosis diagnose(HandshakeFailed failed, DiagnosisContext context) {
    return switch (failed.kind()) {
      case PROTOCOL_VERSION -> Told.likely("tls-version-mismatch", context, failed.detail());
      case SERVER_TOO_OLD -> Told.certain("tls-server-too-old", context, "");
      case NO_COMMON_SUITE ->
          Told.likely("tls-cipher-mismatch", context, failed.detail())
              .or("client-cert-required", Certainty.GUESS);
      case WEAK_DH -> Told.likely("tls-weak-dh", context, "");
      case LEGACY_SIGNATURE -> Told.likely("tls-legacy-signature", context, "");
      case CLIENT_CERTIFICATE_WANTED -> Told.certain("client-cert-required", context, "");
      case NAME_NOT_SERVED ->
          Told.likely(
              "sni-required", context, "It does not serve the name " + context.host() + ".");
      case OVERSIZED -> Told.likely("server-misconfigured", context, failed.detail());
      case NOT_TLS, CLOSED, OTHER, TIMED_OUT ->
          context.security() == Security.TLS
              ? fromTheStart(failed, context)
              : Told.likely("starttls-server-fault", context, afterGoAhead(failed));
    };
  }

  private static String afterGoAhead(HandshakeFailed failed) {
    return failed.kind() == Break.TIMED_OUT
        ? "It said go ahead, and did not come to the end of the handshake in time."
        : failed.detail();
  }

  static Diagnosis unexpected(DiagnosisContext context) {
    return Told.certain("plaintext-on-implicit-tls-port", context, "");
  }

  static Diagnosis injected(DiagnosisContext context) {
    return Told.likely(
        context.isThisMachine() ? "starttls-server-fault" : "smtp-intercepted",
        context,
        "Octets stood behind the reply to STARTTLS; the connection was given up.");
  }

  /// No handshake on a port that was to speak TLS at once: what does it speak to somebody who says
  /// nothing?
  private static Diagnosis fromTheStart(HandshakeFailed failed, DiagnosisContext context) {
    var astray = Lookups.astray(context);
    if (astray != null) {
      return astray;
    }
    var words = context.evidence().first(FirstWords.class);
    if (words == null) {
      return unheard(failed, context);
    }
    return switch (words.ending()) {
      case SPOKE -> spoke(words, context);
      case RESET ->
          Told.likely(
                  context.isThisMachine()
                      ? "server-closed-before-greeting"
                      : "connection-reset-by-middlebox",
                  context,
                  "")
              .or("client-ip-banned", Certainty.GUESS);
      case CLOSED ->
          Told.likely("server-closed-before-greeting", context, "")
              .or("client-ip-banned", Certainty.GUESS);
      case SILENT -> unheard(failed, context);
    };
  }

  private static Diagnosis spoke(FirstWords words, DiagnosisContext context) {
    var service = FirstLine.service(words.first());
    if (!service.isEmpty()) {
      return Told.certain("wrong-service-on-port", context, "It is %s.".formatted(service));
    }
    var said = "It says: %s.".formatted(words.first());
    if (!words.first().matches("[245][0-9][0-9]([ -].*)?")) {
      return Told.likely("wrong-service-on-port", context, said);
    }
    return Masquerades.isWithoutTls(context)
        ? Diagnoser.sure(
            "implicit-tls-on-starttls-port",
            "Port %d of %s greets in clear text, but TLS was started from the first byte. It does not offer STARTTLS either, so nothing can be encrypted there. %s"
                .formatted(context.port(), context.host(), said),
            false,
            "Set Outgoing Port to 465 and keep TLS from the start, or to 587 with STARTTLS.",
            "If the server is your own, switch TLS on in it.",
            "Set Connection Security to None only for a relay inside your own network, and then without Username and Password.")
        : Told.certain("implicit-tls-on-starttls-port", context, said);
  }

  /// Nothing came over the silent connection either, or nobody listened.
  private static Diagnosis unheard(HandshakeFailed failed, DiagnosisContext context) {
    return switch (failed.kind()) {
      case NOT_TLS ->
          Told.likely(
                  "implicit-tls-on-starttls-port", context, "It answered TLS with something else.")
              .or("wrong-service-on-port", Certainty.LIKELY);
      case TIMED_OUT ->
          Told.likely("slow-banner", context, "It answers neither TLS nor silence.")
              .or("implicit-tls-on-starttls-port", Certainty.GUESS);
      case OTHER ->
          Told.likely("server-misconfigured", context, failed.detail())
              .or("connection-lost", Certainty.GUESS);
      case CLOSED,
          PROTOCOL_VERSION,
          SERVER_TOO_OLD,
          NO_COMMON_SUITE,
          CLIENT_CERTIFICATE_WANTED,
          NAME_NOT_SERVED,
          WEAK_DH,
          LEGACY_SIGNATURE,
          OVERSIZED ->
          Told.likely(
              "connection-lost", context, "It broke here: %s.".formatted(Stage.TLS.label()));
    };
  }
}
