package io.postern.console.settings;

import io.postern.smtp.Security;
import io.postern.smtp.ServerAddress;
import java.util.HashMap;
import java.util.List;

/// A form in whose Outgoing Server more was pasted than a host name.
final class PastedServer {
  /// Said when the parts were put into their fields unasked.
  static final String SPLIT =
      "Outgoing Server held a password. Its parts stand in their fields now, and the password is kept without being shown; look at them, then validate.";

  private PastedServer() {}

  /// The form with what stands in Outgoing Server put into the fields it belongs to, user name and
  /// password among them.
  static SmtpForm split(SmtpForm form) {
    var parts = ServerAddress.read(form.host());
    if (parts == null) {
      return form;
    }
    var port = parts.port().isEmpty() ? form.port() : parts.port();
    var follows = !form.securityChosen() && port.matches("[0-9]{1,5}");
    var implied = follows ? Security.ofPort(Integer.parseInt(port)).word() : form.security();
    var security = parts.security() == null ? implied : parts.security().word();
    var changes = new HashMap<String, List<String>>();
    changes.put(SmtpField.HOST.word(), List.of(parts.host()));
    changes.put(SmtpField.PORT.word(), List.of(port));
    changes.put(SmtpField.SECURITY.word(), List.of(security));
    if (!parts.username().isEmpty()) {
      changes.put(SmtpField.USERNAME.word(), List.of(parts.username()));
    }
    if (!parts.password().isEmpty()) {
      changes.put(SmtpForm.PASSWORD, List.of(parts.password().reveal()));
    }
    return form.with(changes);
  }

  /// Whether Outgoing Server holds a password, which must not go back into a page.
  static boolean hasPassword(SmtpForm form) {
    var parts = ServerAddress.read(form.host());
    return parts != null && !parts.password().isEmpty();
  }

  /// The form as a page may show it: a password in Outgoing Server is moved into its field.
  static SmtpForm safe(SmtpForm form) {
    return hasPassword(form) ? split(form) : form;
  }
}
