package io.postern.console.settings;

import io.postern.console.platform.Pem;
import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What decides who receives a password ([Destination]), part by part, as far as a form can be read
/// already.
final class DestinationParts {
  private final SmtpForm form;
  private final Set<String> wrong;

  private DestinationParts(SmtpForm form, Set<String> wrong) {
    this.form = form;
    this.wrong = wrong;
  }

  /// @return always as many; null for a part that is wrong as it stands
  static List<@Nullable String> of(SmtpForm form, FormReading reading) {
    return new DestinationParts(form, reading.faults().keySet()).all();
  }

  private List<@Nullable String> all() {
    var parts = new ArrayList<@Nullable String>();
    parts.add(part("smtpServer", () -> HostName.parse(form.host()).ascii()));
    parts.add(part("smtpPort", () -> String.valueOf(port())));
    parts.add(part("connectionSecurity", this::security));
    parts.add(String.valueOf(form.skipVerify()));
    parts.add(part("trustedCertificates", this::trusted));
    parts.add(part("userName", form::username));
    parts.add(part("authMechanism", form::mechanism));
    parts.add(part("fromEmailId", () -> Mailbox.parse(form.from()).toString()));
    parts.add(part("replyTo", form::replyTo));
    return parts;
  }

  private @Nullable String part(String field, Supplier<String> text) {
    return wrong.contains(field) ? null : text.get();
  }

  private int port() {
    return form.port().isEmpty() ? FormReading.PORT_DEFAULT : Integer.parseInt(form.port());
  }

  private String security() {
    if (!form.security().isEmpty() || wrong.contains("smtpPort")) {
      return form.security();
    }
    return Security.ofPort(port()).word();
  }

  private String trusted() {
    return Objects.requireNonNull(Pem.parse(form.certificates())).stream()
        .map(Destination::fingerprint)
        .sorted()
        .toList()
        .toString();
  }
}
