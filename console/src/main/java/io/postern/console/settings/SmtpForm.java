package io.postern.console.settings;

import io.postern.console.platform.Pem;
import io.postern.smtp.PasswordMechanism;
import io.postern.smtp.Security;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The SMTP tab's form as it was typed, nothing judged yet. Fields are read without their outer
/// blanks, except the password.
///
/// @param typed field name to values; what is missing is empty, what is unknown is never read
public record SmtpForm(Map<String, List<String>> typed) {
  static final String PASSWORD = "password";
  private static final String HELD = "held";
  private static final String DELETE_PASSWORD = "deletePassword";
  private static final String SKIP_VERIFY = "insecureSkipVerifyTls";
  private static final String CERTIFICATES = "trustedCertificates";
  private static final String ACKNOWLEDGED = "acknowledged";
  private static final String SECURITY_CHOSEN = "securityChosen";
  private static final String VERSION = "version";

  public SmtpForm {
    typed = Map.copyOf(typed);
  }

  /// Reads the posted fields. What begins with `_` belongs to the page around the form.
  static SmtpForm of(Map<String, String[]> posted) {
    return new SmtpForm(
        posted.entrySet().stream()
            .filter(field -> !field.getKey().startsWith("_"))
            .collect(Collectors.toMap(Map.Entry::getKey, field -> List.of(field.getValue()))));
  }

  /// The form as it looks for a saved version, or empty for none.
  static SmtpForm of(@Nullable RelayVersion version) {
    return version == null
        ? new SmtpForm(
            Map.of(
                SmtpField.PORT.word(), List.of("587"),
                SmtpField.SECURITY.word(), List.of(Security.STARTTLS.word())))
        : ofSaved(version);
  }

  private static SmtpForm ofSaved(RelayVersion version) {
    var values = version.values();
    var chosen = values.security() != Security.ofPort(values.port());
    var fields = new HashMap<String, List<String>>();
    fields.put(SmtpField.HOST.word(), List.of(values.host().ascii()));
    fields.put(SmtpField.PORT.word(), List.of(String.valueOf(values.port())));
    fields.put(SmtpField.SECURITY.word(), List.of(values.security().word()));
    fields.put(SECURITY_CHOSEN, List.of(String.valueOf(chosen)));
    fields.put(SmtpField.FROM.word(), List.of(values.from().toString()));
    fields.put(SmtpField.FROM_NAME.word(), List.of(values.fromName()));
    fields.put(SmtpField.REPLY_TO.word(), List.of(text(values.replyTo())));
    fields.put(SmtpField.USERNAME.word(), List.of(values.username()));
    fields.put(SmtpField.MECHANISM.word(), List.of(mechanism(values.mechanism())));
    fields.put(SmtpField.EHLO.word(), List.of(text(values.ehloName())));
    fields.put(SKIP_VERIFY, values.skipVerify() ? List.of("on") : List.of());
    fields.put(CERTIFICATES, List.of(Pem.format(values.authorities())));
    fields.put(ACKNOWLEDGED, List.copyOf(values.acknowledged()));
    fields.put(VERSION, List.of(String.valueOf(version.number())));
    return new SmtpForm(fields);
  }

  public String host() {
    return text(SmtpField.HOST);
  }

  /// As text.
  public String port() {
    return text(SmtpField.PORT);
  }

  /// `starttls`, `tls`, `none`, or empty while nobody chose.
  public String security() {
    return text(SmtpField.SECURITY);
  }

  public boolean securityChosen() {
    return first(SECURITY_CHOSEN).equals("true");
  }

  public String from() {
    return text(SmtpField.FROM);
  }

  public String fromName() {
    return text(SmtpField.FROM_NAME);
  }

  public String replyTo() {
    return text(SmtpField.REPLY_TO);
  }

  public String username() {
    return text(SmtpField.USERNAME);
  }

  /// The name of a mechanism; empty: the strongest offered.
  public String mechanism() {
    return text(SmtpField.MECHANISM);
  }

  /// What was typed now; empty: the held or stored one.
  public String password() {
    return first(PASSWORD);
  }

  /// A password typed before on this page, sealed for this destination and this session.
  public String held() {
    return first(HELD);
  }

  public boolean deletePassword() {
    return has(DELETE_PASSWORD);
  }

  public boolean skipVerify() {
    return has(SKIP_VERIFY);
  }

  public String certificates() {
    return first(CERTIFICATES).strip();
  }

  /// The same as a page may show it.
  public String shownCertificates() {
    return Pem.withoutKeys(certificates());
  }

  public String ehloName() {
    return text(SmtpField.EHLO);
  }

  public String testRecipient() {
    return text(SmtpField.TEST_RECIPIENT);
  }

  public Set<String> acknowledged() {
    return new TreeSet<>(typed.getOrDefault(ACKNOWLEDGED, List.of()));
  }

  /// The number of the version that the operator saw.
  public long version() {
    var text = first(VERSION).strip();
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  /// The fields whose outer blanks are gone.
  List<SmtpField> trimmed() {
    return Arrays.stream(SmtpField.values())
        .filter(field -> !first(field.word()).equals(text(field)))
        .toList();
  }

  /// The form with other values in some fields.
  SmtpForm with(Map<String, ? extends Collection<String>> changes) {
    var fields = new HashMap<>(typed);
    changes.forEach((name, values) -> fields.put(name, List.copyOf(values)));
    return new SmtpForm(fields);
  }

  SmtpForm withCertificates(String pem) {
    return with(Map.of(CERTIFICATES, List.of(pem)));
  }

  SmtpForm ofVersion(long number) {
    return with(Map.of(VERSION, List.of(String.valueOf(number))));
  }

  SmtpForm withPassword(String secret) {
    return with(Map.of(PASSWORD, List.of(secret)));
  }

  /// What is sent back to the browser: never the password, but the sealed one.
  SmtpForm withHeld(String sealed) {
    return with(Map.of(PASSWORD, List.of(), HELD, List.of(sealed)));
  }

  private String text(SmtpField field) {
    return Blank.strip(first(field.word()));
  }

  private String first(String name) {
    var values = typed.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  private boolean has(String name) {
    return !typed.getOrDefault(name, List.of()).isEmpty();
  }

  private static String mechanism(@Nullable PasswordMechanism pinned) {
    return pinned == null ? "" : pinned.word();
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  /// Never the password.
  @Override
  public String toString() {
    return "SmtpForm[" + host() + ":" + port() + " " + String.join(",", acknowledged()) + "]";
  }
}
