package io.postern.console.settings;

import io.postern.console.platform.Pem;
import io.postern.smtp.EhloName;
import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.MalformedValueException;
import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.ServerAddress;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Judges the form field by field. What is wrong stands at its field; what is unusual stands there
/// as a note.
public final class FormReading {
  static final int PORT_DEFAULT = 587;

  public static final int FROM_NAME_CHARACTERS_MAX = 128;

  private final SmtpForm form;
  private final Map<String, String> faults = new LinkedHashMap<>();
  private final Map<String, String> notes = new LinkedHashMap<>();
  private final @Nullable RelayDraft values;

  public FormReading(SmtpForm form) {
    this.form = form;
    this.values = read();
    for (var field : form.trimmed()) {
      notes.put(field.word(), Blank.REMOVED);
    }
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

  /// The notes with the labels of their fields, where they do not stand at the fields.
  List<String> remarks() {
    return notes.entrySet().stream()
        .map(note -> SmtpField.label(note.getKey()) + ": " + note.getValue())
        .toList();
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
    var ehlo = form.ehloName().isEmpty() ? null : ehlo();
    var authorities = certificates();
    texts();
    var mechanism = new SignInReading(faults, notes).mechanism(form.mechanism());
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
            mechanism,
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

  /// A name that is irregular is left to the server, and said.
  private @Nullable EhloName ehlo() {
    try {
      var name = EhloName.parse(form.ehloName());
      if (!name.irregularity().isEmpty()) {
        notes.put("ehloName", name.irregularity() + " Some servers refuse such a name.");
      }
      return name;
    } catch (MalformedValueException e) {
      faults.put("ehloName", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private int port() {
    if (form.port().isEmpty()) {
      return PORT_DEFAULT;
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
    if (!form.security().isEmpty()) {
      faults.put(
          "connectionSecurity", "One of starttls, tls and none; without one it follows the port.");
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
      faults.put("trustedCertificates", Pem.whyNot(form.certificates()));
      return List.of();
    }
    return parsed;
  }

  private void texts() {
    if (form.fromName().length() > FROM_NAME_CHARACTERS_MAX) {
      faults.put(
          "fromName", "At most %d characters are possible.".formatted(FROM_NAME_CHARACTERS_MAX));
    }
    if (hasControls(form.fromName())) {
      faults.put(
          "fromName",
          "Line breaks, marks that turn the reading direction, and other control characters cannot stand here.");
    }
    new SignInReading(faults, notes).judge(form.username(), form.password());
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

  /// Also those that turn the reading direction, which would make a name read otherwise than it is
  /// (Unicode Standard Annex 9, table 4; R-106).
  static boolean hasControls(String text) {
    return text.chars().anyMatch(letter -> Character.isISOControl(letter) || turns(letter));
  }

  private static boolean turns(int letter) {
    return letter == 0x061C
        || letter == 0x200E
        || letter == 0x200F
        || (letter >= 0x202A && letter <= 0x202E)
        || (letter >= 0x2066 && letter <= 0x2069);
  }
}
