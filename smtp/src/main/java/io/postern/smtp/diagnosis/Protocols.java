package io.postern.smtp.diagnosis;

import java.util.Locale;

/// What was met where SMTP was due.
final class Protocols {
  private Protocols() {}

  static Diagnosis diagnose(Finding.ProtocolBroken broken, DiagnosisContext context) {
    var first = broken.first().toUpperCase(Locale.ROOT);
    var service = service(first);
    return service.isEmpty()
        ? Diagnoser.likely(
            "smtp-intercepted",
            "What answers on port "
                + context.port()
                + " breaks the rules of SMTP: "
                + broken.sentence(),
            false,
            "Check Outgoing Server and Outgoing Port.",
            "Ask who runs the network whether a proxy stands in between.")
        : Diagnoser.sure(
            "wrong-service-on-port",
            "Port " + context.port() + " belongs to another service: " + service + ".",
            false,
            "Use port 587 with STARTTLS or 465 with TLS from the start.");
  }

  private static String service(String first) {
    if (first.startsWith("HTTP/") || first.startsWith("<!DOCTYPE") || first.startsWith("<HTML")) {
      return "a web server";
    }
    if (first.startsWith("* OK") || first.startsWith("* PREAUTH") || first.startsWith("* BYE")) {
      return "IMAP, for reading mail";
    }
    if (first.startsWith("+OK") || first.startsWith("-ERR")) {
      return "POP3, for reading mail";
    }
    return first.startsWith("SSH-") ? "SSH" : "";
  }
}
