package io.postern.smtp.diagnosis;

import io.postern.smtp.Security;

/// Why TLS did not come about.
final class Handshakes {
  private Handshakes() {}

  static Diagnosis diagnose(Finding.HandshakeFailed failed, DiagnosisContext context) {
    var fromStart = context.security() == Security.TLS;
    return switch (failed.kind()) {
      case NOT_TLS -> fromStart ? clearText(context) : fault();
      case PROTOCOL_VERSION, SERVER_TOO_OLD, NO_COMMON_SUITE, WEAK_DH, LEGACY_SIGNATURE ->
          outdated(failed.kind());
      case CLIENT_CERTIFICATE_WANTED -> clientCertificate();
      case NAME_NOT_SERVED ->
          Diagnoser.likely(
              "sni-required",
              "The server does not serve the name " + context.host() + ".",
              false,
              "Use the server's own name as Outgoing Server.");
      case CLOSED, OTHER -> fromStart ? closed(context) : fault();
      case TIMED_OUT ->
          Diagnoser.likely(
              fromStart ? "implicit-tls-on-starttls-port" : "starttls-server-fault",
              "The server did not answer the TLS handshake.",
              true,
              "Check Connection Security against your provider's documentation.");
    };
  }

  static Diagnosis clientCertificate() {
    return Diagnoser.sure(
        "client-cert-required",
        "The server wants a client certificate.",
        false,
        "Use another port of this server, or have this machine exempted.");
  }

  static Diagnosis unexpected(DiagnosisContext context) {
    return Diagnoser.sure(
        "plaintext-on-implicit-tls-port",
        "The server speaks TLS from the start on port " + context.port() + ".",
        false,
        "Set Connection Security to TLS from the start.");
  }

  static Diagnosis injected() {
    return Diagnoser.likely(
        "smtp-intercepted",
        "Somebody on the way put octets behind the reply to STARTTLS; the connection was given up.",
        false,
        "Use TLS from the start on port 465, or another network path.");
  }

  private static Diagnosis clearText(DiagnosisContext context) {
    return Diagnoser.sure(
        "implicit-tls-on-starttls-port",
        "The server on port "
            + context.port()
            + " begins in clear text; TLS comes with STARTTLS there.",
        false,
        "Set Connection Security to STARTTLS.");
  }

  private static Diagnosis outdated(Finding.HandshakeFailed.Break kind) {
    return switch (kind) {
      case PROTOCOL_VERSION ->
          Diagnoser.likely(
              "tls-version-mismatch",
              "The server speaks no TLS version that is still safe (1.2 or 1.3 are needed).",
              false,
              "Have TLS 1.2 switched on at the server.");
      case SERVER_TOO_OLD ->
          Diagnoser.sure(
              "tls-server-too-old",
              "The server speaks only a TLS version that is no longer safe; 1.2 or 1.3 is needed.",
              false,
              "Have TLS 1.2 or 1.3 switched on at the server.");
      case NO_COMMON_SUITE ->
          Diagnoser.likely(
              "tls-cipher-mismatch",
              "Server and Postern have no TLS cipher in common.",
              false,
              "Have modern ciphers (ECDHE with AES-GCM or ChaCha20) switched on at the server.");
      case WEAK_DH ->
          Diagnoser.likely(
              "tls-weak-dh",
              "The server's Diffie-Hellman group is too small to be safe.",
              false,
              "Have ECDHE or a 2048-bit group configured at the server.");
      case LEGACY_SIGNATURE ->
          Diagnoser.likely(
              "tls-legacy-signature",
              "The server signs its handshake with an algorithm that is no longer allowed.",
              false,
              "Have SHA-256 signatures configured at the server.");
      case NOT_TLS, CLIENT_CERTIFICATE_WANTED, NAME_NOT_SERVED, CLOSED, OTHER, TIMED_OUT -> fault();
    };
  }

  private static Diagnosis fault() {
    return Diagnoser.likely(
        "starttls-server-fault",
        "The server offers STARTTLS, but cannot start TLS.",
        true,
        "Tell whoever runs the server; its certificate or key is often the cause.",
        "Try TLS from the start on port 465.");
  }

  private static Diagnosis closed(DiagnosisContext context) {
    return Diagnoser.likely(
        "connection-lost",
        "The server on port " + context.port() + " broke the TLS handshake off.",
        true,
        "Check that this port is meant for TLS from the start (465), else use STARTTLS on 587.");
  }
}
