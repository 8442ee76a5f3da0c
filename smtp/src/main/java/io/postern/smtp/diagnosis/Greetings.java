package io.postern.smtp.diagnosis;

import io.postern.smtp.Security;
import io.postern.smtp.diagnosis.Observation.TlsOffer;
import org.jspecify.annotations.Nullable;

/// Why no greeting came, or a wrong one.
final class Greetings {
  /// Half of a greeting in asterisks is no server's style (Cisco ASA: all but `2`, `0` and blanks).
  private static final int MASKED_MIN = 4;

  private Greetings() {}

  /// Silence: it waits for TLS, it is no mail server, or it is slow.
  static Diagnosis none(Finding.NoAnswer none, DiagnosisContext context) {
    var astray = Lookups.astray(context);
    if (astray != null) {
      return astray;
    }
    var offer = context.evidence().first(TlsOffer.class);
    var explained = offer == null ? null : byTls(offer, context);
    if (explained != null) {
      return explained;
    }
    var waited = "Nothing came for %d s.".formatted(none.waited().toSeconds());
    if (context.security() == Security.TLS) {
      return isMailPort(context.port())
          ? Told.likely("slow-banner", context, waited)
          : Told.likely(
                  "wrong-service-on-port",
                  context,
                  "Inside TLS it says nothing, as web servers do.")
              .or("slow-banner", Certainty.GUESS);
    }
    // Without a second look only the port speaks.
    return offer == null && Security.ofPort(context.port()) == Security.TLS
        ? Told.guess("plaintext-on-implicit-tls-port", context, waited)
            .or("slow-banner", Certainty.GUESS)
        : Told.likely("slow-banner", context, waited).or("server-overloaded", Certainty.GUESS);
  }

  private static @Nullable Diagnosis byTls(TlsOffer offer, DiagnosisContext context) {
    var service =
        offer.application().isEmpty() ? FirstLine.service(offer.first()) : "a web server (HTTPS)";
    if (!service.isEmpty()) {
      return Told.certain("wrong-service-on-port", context, "It is %s.".formatted(service));
    }
    if (context.security() == Security.TLS) {
      return null;
    }
    return switch (offer.answer()) {
      case ESTABLISHED ->
          offer.first().startsWith("220")
              ? Told.certain(
                  "plaintext-on-implicit-tls-port",
                  context,
                  "A second connection with TLS from the start was greeted at once.")
              : silentInside(context);
      case ALERT -> Told.likely("plaintext-on-implicit-tls-port", context, "It answers to TLS.");
      case OTHER_TEXT, SILENT, CLOSED -> null;
    };
  }

  /// TLS came about, and nobody greeted inside.
  private static Diagnosis silentInside(DiagnosisContext context) {
    return Security.ofPort(context.port()) == Security.TLS
        ? Told.likely("plaintext-on-implicit-tls-port", context, "It answers to TLS.")
            .or("wrong-service-on-port", Certainty.GUESS)
        : Told.likely(
                "wrong-service-on-port",
                context,
                "It speaks TLS from the start and says nothing inside, as web servers do.")
            .or("plaintext-on-implicit-tls-port", Certainty.GUESS);
  }

  static Diagnosis lost(Finding.ConnectionLost lost, DiagnosisContext context) {
    var astray = Lookups.astray(context);
    if (astray != null) {
      return astray;
    }
    return lost.reset() && !context.isThisMachine()
        ? Told.likely("connection-reset-by-middlebox", context, "")
            .or("client-ip-banned", Certainty.GUESS)
        : Told.likely("server-closed-before-greeting", context, "")
            .or("client-ip-banned", Certainty.GUESS);
  }

  /// Whether a firewall wrote asterisks over the greeting, or X over a keyword of the list.
  static boolean isMasked(DiagnosisContext context) {
    return isStarred(context.greeting())
        || context.keywords().stream().anyMatch(word -> word.matches("X{4,}[A-Z]?|\\*{4,}.*"));
  }

  private static boolean isStarred(String greeting) {
    var stars = greeting.chars().filter(letter -> letter == '*').count();
    var letters = greeting.chars().filter(letter -> letter != ' ').count();
    return stars >= MASKED_MIN && stars * 2 > letters;
  }

  private static boolean isMailPort(int port) {
    return port == 25 || port == 465 || port == 587 || port == 2465 || port == 2525;
  }
}
