package io.postern.smtp.diagnosis;

import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// What is known around a finding when it is diagnosed.
///
/// @param greeting the greeting's text, empty before it came
/// @param keywords the EHLO keywords in force
/// @param mechanisms the words behind AUTH
/// @param certificateNames the names in the server's certificate, empty without TLS
/// @param username empty for an anonymous relay
/// @param password only its shape is looked at: app passwords and API keys have forms of their own
/// @param signedIn whether the server took the credentials
/// @param from the sender, empty when there is none
/// @param to the recipient, empty when there is none
/// @param ehlo the name said with EHLO, empty when it was computed
/// @param now wall clock: some rules begin or end on a day
/// @param evidence what was seen beside the session; [Evidence#NONE] for deliveries
public record DiagnosisContext(
    String host,
    int port,
    Security security,
    String greeting,
    List<String> keywords,
    List<String> mechanisms,
    List<String> certificateNames,
    String username,
    Secret password,
    boolean signedIn,
    String from,
    String to,
    String ehlo,
    Instant now,
    Evidence evidence) {
  public DiagnosisContext {
    keywords = List.copyOf(keywords);
    mechanisms = List.copyOf(mechanisms);
    certificateNames = List.copyOf(certificateNames);
  }

  /// Whether the server is this machine, by name or address: no network lies in between, and nobody
  /// on it (RFC 1122 section 3.2.1.3, RFC 6761 section 6.3).
  boolean isThisMachine() {
    var name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.startsWith("127.")
        || name.equals("::1");
  }
}
