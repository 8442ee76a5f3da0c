package io.postern.console.api;

import io.postern.console.platform.Pem;
import io.postern.console.settings.RelayVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The SMTP configuration as programs read it. The password is never in it.
final class SmtpJson {
  private SmtpJson() {}

  /// @param version absent while none was saved: the fields are there and empty
  static Map<String, Object> of(@Nullable RelayVersion version) {
    return version == null ? empty() : saved(version);
  }

  private static Map<String, Object> empty() {
    var body = new LinkedHashMap<String, Object>();
    body.put("smtpServer", "");
    body.put("smtpPort", 587);
    body.put("connectionSecurity", "starttls");
    body.put("fromEmailId", "");
    body.put("userName", "");
    body.put("insecureSkipVerifyTls", false);
    body.put("passwordSet", false);
    return body;
  }

  private static Map<String, Object> saved(RelayVersion version) {
    var values = version.values();
    var body = new LinkedHashMap<String, Object>();
    body.put("smtpServer", values.host().ascii());
    body.put("smtpPort", values.port());
    body.put("connectionSecurity", values.security().word());
    body.put("fromEmailId", values.from().toString());
    body.put("fromName", values.fromName());
    var replyTo = values.replyTo();
    body.put("replyTo", replyTo == null ? "" : replyTo.toString());
    body.put("userName", values.username());
    body.put("insecureSkipVerifyTls", values.skipVerify());
    var mechanism = values.mechanism();
    body.put("authMechanism", mechanism == null ? "" : mechanism.word());
    body.put(
        "trustedCertificates",
        values.authorities().stream().map(each -> Pem.format(List.of(each))).toList());
    var ehloName = values.ehloName();
    body.put("ehloName", ehloName == null ? "" : ehloName.text());
    body.put("acknowledged", List.copyOf(new TreeSet<>(values.acknowledged())));
    password(body, version.password());
    return body;
  }

  private static void password(Map<String, Object> body, RelayVersion.Password password) {
    switch (password) {
      case RelayVersion.Password.None _ -> body.put("passwordSet", false);
      case RelayVersion.Password.Known(_, var setAt, var setBy) -> {
        body.put("passwordSet", true);
        body.put("passwordChangedAt", setAt.toString());
        body.put("passwordChangedBy", setBy);
      }
      // It has to be sent again: for delivery it is as good as none.
      case RelayVersion.Password.Lost(var setAt, var setBy) -> {
        body.put("passwordSet", false);
        body.put("passwordChangedAt", setAt.toString());
        body.put("passwordChangedBy", setBy);
      }
    }
  }
}
