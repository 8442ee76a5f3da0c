package io.postern.console.settings;

import io.postern.smtp.Security;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The SMTP tab's form as it was typed: outer blanks gone (except in the password), nothing judged
/// yet.
///
/// @param port as text
/// @param security `starttls`, `tls`, `none`, or empty while nobody chose
/// @param password what was typed now; empty: the held or stored one
/// @param held a password typed before on this page, sealed for this destination and this operator
/// @param version the number of the version that the operator saw
public record SmtpForm(
    String host,
    String port,
    String security,
    boolean securityChosen,
    String from,
    String fromName,
    String replyTo,
    String username,
    String password,
    String held,
    boolean deletePassword,
    boolean skipVerify,
    String certificates,
    String ehloName,
    String testRecipient,
    Set<String> acknowledged,
    long version) {

  /// Reads the posted fields. Unknown ones are ignored, missing ones are empty.
  static SmtpForm of(Map<String, String[]> posted) {
    return new SmtpForm(
        text(posted, "smtpServer"),
        text(posted, "smtpPort"),
        text(posted, "connectionSecurity"),
        text(posted, "securityChosen").equals("true"),
        text(posted, "fromEmailId"),
        text(posted, "fromName"),
        text(posted, "replyTo"),
        text(posted, "userName"),
        first(posted, "password"),
        text(posted, "held"),
        posted.containsKey("deletePassword"),
        posted.containsKey("insecureSkipVerifyTls"),
        text(posted, "trustedCertificates"),
        text(posted, "ehloName"),
        text(posted, "testRecipient"),
        posted.containsKey("acknowledged")
            ? new TreeSet<>(List.of(posted.get("acknowledged")))
            : Set.of(),
        number(text(posted, "version")));
  }

  private static final SmtpForm EMPTY =
      new SmtpForm(
          "",
          "587",
          "starttls",
          false,
          "",
          "",
          "",
          "",
          "",
          "",
          false,
          false,
          "",
          "",
          "",
          Set.of(),
          0);

  /// The form as it looks for a saved version, or empty for none.
  static SmtpForm of(@Nullable RelayVersion version) {
    return version == null ? EMPTY : ofSaved(version);
  }

  private static SmtpForm ofSaved(RelayVersion version) {
    var values = version.values();
    var replyTo = values.replyTo();
    var ehlo = values.ehloName();
    return new SmtpForm(
        values.host().ascii(),
        String.valueOf(values.port()),
        values.security().word(),
        values.security() != Security.ofPort(values.port()),
        values.from().toString(),
        values.fromName(),
        replyTo == null ? "" : replyTo.toString(),
        values.username(),
        "",
        "",
        false,
        values.skipVerify(),
        Pem.format(values.authorities()),
        ehlo == null ? "" : ehlo.ascii(),
        "",
        values.acknowledged(),
        version.number());
  }

  SmtpForm withServer(String otherHost, String otherPort, String otherSecurity) {
    return new SmtpForm(
        otherHost,
        otherPort,
        otherSecurity,
        securityChosen,
        from,
        fromName,
        replyTo,
        username,
        password,
        held,
        deletePassword,
        skipVerify,
        certificates,
        ehloName,
        testRecipient,
        acknowledged,
        version);
  }

  SmtpForm withCertificates(String pem) {
    return new SmtpForm(
        host,
        port,
        security,
        securityChosen,
        from,
        fromName,
        replyTo,
        username,
        password,
        held,
        deletePassword,
        skipVerify,
        pem,
        ehloName,
        testRecipient,
        acknowledged,
        version);
  }

  SmtpForm ofVersion(long number) {
    return new SmtpForm(
        host,
        port,
        security,
        securityChosen,
        from,
        fromName,
        replyTo,
        username,
        password,
        held,
        deletePassword,
        skipVerify,
        certificates,
        ehloName,
        testRecipient,
        acknowledged,
        number);
  }

  SmtpForm withPassword(String typed) {
    return new SmtpForm(
        host,
        port,
        security,
        securityChosen,
        from,
        fromName,
        replyTo,
        username,
        typed,
        held,
        deletePassword,
        skipVerify,
        certificates,
        ehloName,
        testRecipient,
        acknowledged,
        version);
  }

  /// What is sent back to the browser: never the password, but the sealed one.
  SmtpForm withHeld(String sealed) {
    return new SmtpForm(
        host,
        port,
        security,
        securityChosen,
        from,
        fromName,
        replyTo,
        username,
        "",
        sealed,
        deletePassword,
        skipVerify,
        certificates,
        ehloName,
        testRecipient,
        acknowledged,
        version);
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  private static String text(Map<String, String[]> posted, String name) {
    return first(posted, name).strip();
  }

  private static String first(Map<String, String[]> posted, String name) {
    var values = posted.get(name);
    return values == null || values.length == 0 ? "" : values[0];
  }

  @Override
  public String toString() {
    return "SmtpForm["
        + host
        + ":"
        + port
        + " "
        + acknowledged.stream().collect(Collectors.joining(","))
        + "]";
  }
}
