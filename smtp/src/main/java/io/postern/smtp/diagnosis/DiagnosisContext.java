package io.postern.smtp.diagnosis;

import io.postern.smtp.Security;
import java.util.List;

/// What is known around a finding when it is diagnosed.
///
/// @param greeting the greeting's text, empty before it came
/// @param keywords the EHLO keywords in force
/// @param mechanisms the words behind AUTH
/// @param username empty for an anonymous relay
/// @param from the sender, empty when there is none
/// @param to the recipient, empty when there is none
public record DiagnosisContext(
    String host,
    int port,
    Security security,
    String greeting,
    List<String> keywords,
    List<String> mechanisms,
    String username,
    String from,
    String to) {
  public DiagnosisContext {
    keywords = List.copyOf(keywords);
    mechanisms = List.copyOf(mechanisms);
  }
}
