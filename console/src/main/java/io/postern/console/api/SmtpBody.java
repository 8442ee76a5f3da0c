package io.postern.console.api;

import io.postern.console.platform.web.Refusal;
import io.postern.console.settings.FormReading;
import io.postern.console.settings.PasswordChange;
import io.postern.console.settings.RelayDraft;
import io.postern.console.settings.SmtpForm;
import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.check.Depth;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The SMTP configuration as programs send it, judged by the same rules as the console's form.
///
/// @param change a `password` that is absent keeps the stored one, `null` deletes it
/// @param depth absent: by sender and recipient
record SmtpBody(
    RelayDraft values, PasswordChange change, String testRecipient, @Nullable Depth depth) {
  static final String CLEARTEXT = "cleartext-password";

  /// Reads the configuration alone. What only a check takes counts as unknown.
  static SmtpBody ofConfiguration(Fields fields) {
    return of(fields, "", null);
  }

  static SmtpBody ofCheck(Fields fields) {
    return of(fields, fields.text("testRecipient"), depth(fields));
  }

  private static SmtpBody of(Fields fields, String testRecipient, @Nullable Depth depth) {
    var change = change(fields);
    var reading = new FormReading(form(fields, change, testRecipient));
    var values = reading.values();
    reading.faults().forEach(fields::fault);
    reading.notes().forEach(fields::note);
    var onlyCleartext = fields.faults().keySet().equals(Set.of("acknowledged"));
    if (onlyCleartext && reading.faults().containsKey("acknowledged")) {
      throw new Refusal(
          422,
          CLEARTEXT,
          "The password would cross the network in clear text. Choose starttls or tls, or send"
              + " \"acknowledged\":[\"cleartext-password\"] to accept it.",
          Map.of("acknowledge", CLEARTEXT));
    }
    fields.check();
    return new SmtpBody(Objects.requireNonNull(values), change, testRecipient, depth);
  }

  /// The names of the form are those of the API.
  private static SmtpForm form(Fields fields, PasswordChange change, String testRecipient) {
    var typed = new HashMap<String, List<String>>();
    for (var name :
        List.of(
            "smtpServer",
            "fromEmailId",
            "fromName",
            "replyTo",
            "userName",
            "authMechanism",
            "ehloName")) {
      typed.put(name, List.of(fields.text(name)));
    }
    typed.put("smtpPort", List.of(fields.number("smtpPort")));
    typed.put("connectionSecurity", List.of(security(fields)));
    typed.put(
        "password",
        change instanceof PasswordChange.Set(var secret) ? List.of(secret.reveal()) : List.of());
    typed.put(
        "insecureSkipVerifyTls",
        fields.flag("insecureSkipVerifyTls") ? List.of("true") : List.of());
    typed.put(
        "trustedCertificates", List.of(String.join("\n", fields.texts("trustedCertificates"))));
    typed.put("testRecipient", List.of(testRecipient));
    typed.put("acknowledged", List.copyOf(acknowledged(fields)));
    return new SmtpForm(typed);
  }

  private static String security(Fields fields) {
    var word = fields.text("connectionSecurity");
    var words = Arrays.stream(Security.values()).map(Security::word).toList();
    if (!word.isEmpty() && !words.contains(word)) {
      fields.fault(
          "connectionSecurity",
          "One of %s; absent: follows the port.".formatted(String.join(", ", words)));
    }
    return word;
  }

  private static Set<String> acknowledged(Fields fields) {
    var words = Set.copyOf(fields.texts("acknowledged"));
    if (!Set.of(CLEARTEXT).containsAll(words)) {
      fields.fault("acknowledged", "Only \"" + CLEARTEXT + "\" can be acknowledged.");
      return Set.of();
    }
    return words;
  }

  private static PasswordChange change(Fields fields) {
    if (!fields.has("password")) {
      return new PasswordChange.Keep();
    }
    if (fields.isNull("password")) {
      return new PasswordChange.Delete();
    }
    var password = fields.raw("password");
    if (isMask(password) && !fields.text("userName").isEmpty()) {
      fields.fault(
          "password",
          "An empty password or one of asterisks only is no password. Leave the field out to keep"
              + " the stored one, send null to delete it.");
    }
    return password.isEmpty()
        ? new PasswordChange.Delete()
        : new PasswordChange.Set(Secret.of(password));
  }

  /// What a form that never had the password would send back.
  private static boolean isMask(String password) {
    return password.chars().allMatch(each -> each == '*' || each == '\u2022');
  }

  private static @Nullable Depth depth(Fields fields) {
    var word = fields.text("depth");
    for (var depth : Depth.values()) {
      if (depth.word().equals(word)) {
        return depth;
      }
    }
    if (!word.isEmpty()) {
      fields.fault(
          "depth",
          Arrays.stream(Depth.values())
              .map(Depth::word)
              .collect(Collectors.joining(", ", "One of ", "; absent: as far as it goes.")));
    }
    return null;
  }
}
