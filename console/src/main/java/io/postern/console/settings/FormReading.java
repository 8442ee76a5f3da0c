package io.postern.console.settings;

import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.MalformedValueException;
import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Judges the form field by field. What is wrong stands at its field; what is unusual stands there
/// as a note.
public final class FormReading {
  public static final int USERNAME_CHARACTERS_MAX = 255;
  public static final int PASSWORD_OCTETS_MAX = 1_024;
  public static final int FROM_NAME_CHARACTERS_MAX = 128;

  private final SmtpForm form;
  private final Map<String, String> faults = new LinkedHashMap<>();
  private final Map<String, String> notes = new LinkedHashMap<>();
  private final @Nullable RelayDraft values;

  public FormReading(SmtpForm form) {
    this.form = form;
    this.values = read();
  }

  /// @return the values, null while a field is wrong
  public @Nullable RelayDraft values() {
    return faults.isEmpty() ? values : null;
  }

  /// Field name to sentence.
  public Map<String, String> faults() {
    return faults;
  }

  public Map<String, String> notes() {
    return notes;
  }

  /// What the form does with the password; the held one is opened by the caller.
  public PasswordChange change(@Nullable Secret held) {
    if (form.deletePassword()) {
      return new PasswordChange.Delete();
    }
    if (!form.password().isEmpty()) {
      return new PasswordChange.Set(Secret.of(form.password()));
    }
    return held == null ? new PasswordChange.Keep() : new PasswordChange.Set(held);
  }

  private @Nullable RelayDraft read() {
    var host = host();
    var port = port();
    var security = security(port);
    var from =
        address(
            "fromEmailId",
            form.from(),
            "From Email is the sender of every mail; an address such as noreply@example.com is needed.");
    var replyTo = form.replyTo().isEmpty() ? null : address("replyTo", form.replyTo(), "");
    var ehlo = form.ehloName().isEmpty() ? null : name("ehloName", form.ehloName());
    var authorities = certificates();
    texts();
    optionalRecipient();
    if (host != null) {
      clearText(host, security);
    }
    return host == null || from == null
        ? null
        : new RelayDraft(
            host,
            port,
            security,
            form.username(),
            from,
            form.fromName(),
            replyTo,
            ehlo,
            authorities,
            form.skipVerify(),
            form.acknowledged());
  }

  private @Nullable HostName host() {
    if (form.host().isEmpty()) {
      faults.put("smtpServer", "The name of your mail server is needed, such as smtp.example.com.");
      return null;
    }
    if (ServerAddress.read(form.host()) != null) {
      faults.put(
          "smtpServer",
          "This holds more than a host name. The parts can be put into their fields.");
      return null;
    }
    if (form.host().contains("@")) {
      faults.put(
          "smtpServer",
          "This is a mail address; the name of the mail server belongs here, such as smtp.example.com.");
      return null;
    }
    return name("smtpServer", form.host());
  }

  private @Nullable HostName name(String field, String text) {
    try {
      return HostName.parse(text);
    } catch (MalformedValueException e) {
      faults.put(field, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private int port() {
    if (form.port().isEmpty()) {
      return 587;
    }
    var number = form.port().matches("[0-9]{1,6}") ? Integer.parseInt(form.port()) : 0;
    if (number < 1 || number > 65_535) {
      faults.put("smtpPort", "1 to 65535; empty means 587.");
    }
    return number;
  }

  private Security security(int port) {
    for (var mode : Security.values()) {
      if (mode.word().equals(form.security())) {
        return mode;
      }
    }
    return Security.ofPort(port);
  }

  private @Nullable Mailbox address(String field, String text, String whenEmpty) {
    if (text.isEmpty()) {
      faults.put(field, whenEmpty);
      return null;
    }
    try {
      return Mailbox.parse(text);
    } catch (MalformedValueException e) {
      faults.put(field, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private void optionalRecipient() {
    if (!form.testRecipient().isEmpty()) {
      address("testRecipient", form.testRecipient(), "");
    }
  }

  private List<X509Certificate> certificates() {
    var parsed = Pem.parse(form.certificates());
    if (parsed == null) {
      faults.put(
          "trustedCertificates",
          "This is no certificate in PEM form; it begins with -----BEGIN CERTIFICATE-----.");
      return List.of();
    }
    return parsed;
  }

  private void texts() {
    if (form.username().length() > USERNAME_CHARACTERS_MAX) {
      faults.put(
          "userName", "At most %d characters are possible.".formatted(USERNAME_CHARACTERS_MAX));
    }
    if (form.fromName().length() > FROM_NAME_CHARACTERS_MAX) {
      faults.put(
          "fromName", "At most %d characters are possible.".formatted(FROM_NAME_CHARACTERS_MAX));
    }
    if (hasControls(form.fromName()) || hasControls(form.username())) {
      faults.put(
          hasControls(form.fromName()) ? "fromName" : "userName",
          "Line breaks and other control characters cannot stand here.");
    }
    password(form.password());
  }

  private void password(String password) {
    if (password.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > PASSWORD_OCTETS_MAX) {
      faults.put("password", "At most %d octets are possible.".formatted(PASSWORD_OCTETS_MAX));
    } else if (hasControls(password)) {
      faults.put(
          "password", "Line breaks and other control characters cannot be sent in a sign-in.");
    } else if (!password.equals(password.strip())) {
      notes.put(
          "password",
          "It begins or ends with a blank, which is kept. Remove it if it came along while copying.");
    }
    if (!password.isEmpty() && form.username().isEmpty()) {
      faults.put(
          "userName",
          "There is a password, but no user name. Enter one, or empty both for a relay without sign-in.");
    }
  }

  /// A password in clear text over a network needs the operator's word for it (PLAN 5).
  private void clearText(HostName host, Security security) {
    var own =
        host.ascii().equals("localhost")
            || host.ascii().startsWith("127.")
            || host.ascii().equals("0:0:0:0:0:0:0:1");
    if (security == Security.NONE
        && !form.username().isEmpty()
        && !own
        && !form.acknowledged().contains("cleartext-password")) {
      faults.put(
          "acknowledged",
          "The password would cross the network in clear text. Choose STARTTLS or TLS, or confirm that you accept this.");
    }
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
