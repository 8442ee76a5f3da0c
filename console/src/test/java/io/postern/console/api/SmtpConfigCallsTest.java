package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `GET` and `PUT /v1/system/config/smtp` on the running console.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SmtpConfigCallsTest {
  private static final String PATH = SmtpConfigCalls.PATH;
  private static final String BODY =
      """
      {"smtpServer":"smtp.example.com","smtpPort":587,"fromEmailId":"noreply@example.com",
       "userName":"postern","password":"a secret of the relay","insecureSkipVerifyTls":false}
      """;

  private RunningConsole console;
  private ApiClient root;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    console = Root.console(directory);
    var answer = Root.client(console).get(PATH);
    assertThat(answer.body())
        .as("before anything was saved")
        .isEqualTo(
            """
            {"smtpServer":"","smtpPort":587,"connectionSecurity":"starttls","fromEmailId":"",\
            "userName":"","insecureSkipVerifyTls":false,"passwordSet":false}\
            """);
  }

  @BeforeEach
  void signIn() {
    root = Root.client(console);
  }

  @AfterAll
  void stop() {
    console.close();
  }

  @Test
  void r523_what_was_saved_is_read_without_the_password() {
    assertThat(root.put(PATH, BODY).status()).isEqualTo(204);
    var answer = root.get(PATH);
    assertThat(answer.at("/smtpServer")).isEqualTo("smtp.example.com");
    assertThat(answer.at("/connectionSecurity")).isEqualTo("starttls");
    assertThat(answer.at("/userName")).isEqualTo("postern");
    assertThat(answer.at("/passwordSet")).isEqualTo("true");
    assertThat(answer.at("/passwordChangedAt")).isEqualTo(console.now().toString());
    assertThat(answer.body()).doesNotContain("a secret of the relay");
    assertThat(answer.json().has("password")).isFalse();
  }

  @Test
  void r523_an_absent_password_is_kept_and_null_deletes_it() {
    root.put(PATH, BODY);
    assertThat(root.put(PATH, without("password")).status()).isEqualTo(204);
    assertThat(root.get(PATH).at("/passwordSet")).isEqualTo("true");
    assertThat(root.put(PATH, with("password", "null")).status()).isEqualTo(204);
    assertThat(root.get(PATH).at("/passwordSet")).isEqualTo("false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "***", "**********", "••••••••"})
  void r523_a_mask_is_no_password(String mask) {
    root.put(PATH, BODY);
    var answer = root.put(PATH, with("password", "\"" + mask + "\""));
    assertThat(answer.problem()).isEqualTo("422 invalid-fields");
    assertThat(answer.at("/details/fields/password")).contains("Leave the field out");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      value = {
        "smtpServer,\"smtp.example.net\"",
        "smtpPort,2525",
        "connectionSecurity,\"tls\"",
        "fromEmailId,\"other@example.com\"",
        "userName,\"other\"",
        "replyTo,\"help@example.com\"",
        "insecureSkipVerifyTls,true"
      })
  void r520_the_stored_password_stays_with_its_destination(String field, String value) {
    root.put(PATH, BODY);
    var moved = without("password").replace("}", ",\"" + field + "\":" + value + "}");
    if (BODY.contains("\"" + field + "\"")) {
      moved = SmtpConfigCallsTest.replaced(without("password"), field, value);
    }
    assertThat(root.put(PATH, moved).problem()).isEqualTo("422 password-needed");
    assertThat(root.get(PATH).at("/smtpServer")).isEqualTo("smtp.example.com");
  }

  @Test
  void a_later_change_by_somebody_else_is_not_overwritten() {
    root.put(PATH, BODY);
    var seen = root.get(PATH).header("ETag");
    assertThat(root.with("If-Match", seen).put(PATH, BODY).status()).isEqualTo(204);
    assertThat(root.with("If-Match", seen).put(PATH, BODY).problem()).isEqualTo("412 overtaken");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      delimiter = '|',
      value = {
        "smtpServer|\"\"|smtpServer",
        "smtpServer|\"smtp://smtp.example.com\"|smtpServer",
        "smtpServer|7|smtpServer",
        "smtpPort|0|smtpPort",
        "smtpPort|65536|smtpPort",
        "smtpPort|\"587\"|smtpPort",
        "smtpPort|587.5|smtpPort",
        "fromEmailId|\"noreply\"|fromEmailId",
        "fromEmailId|null|fromEmailId",
        "insecureSkipVerifyTls|\"yes\"|insecureSkipVerifyTls",
        "userName|\"a\\r\\nb\"|userName",
        "password|\"a\\u0000b\"|password"
      })
  void a_wrong_value_is_named_by_its_field(String field, String value, String named) {
    var answer = root.put(PATH, replaced(BODY, field, value));
    assertThat(answer.problem()).isEqualTo("422 invalid-fields");
    assertThat(answer.json().at("/details/fields").propertyNames()).contains(named);
  }

  @ParameterizedTest
  @CsvSource({"1,204", "65535,204", "0,422", "65536,422"})
  void ports_from_1_to_65535_are_taken(String port, int status) {
    assertThat(root.put(PATH, replaced(BODY, "smtpPort", port)).status()).isEqualTo(status);
  }

  @Test
  void a_clear_text_password_needs_an_acknowledgment() {
    var open = BODY.replace("}", ",\"connectionSecurity\":\"none\"}");
    assertThat(root.put(PATH, open).problem()).isEqualTo("422 cleartext-password");
    var accepted = open.replace("}", ",\"acknowledged\":[\"cleartext-password\"]}");
    assertThat(root.put(PATH, accepted).status()).isEqualTo(204);
    assertThat(root.get(PATH).at("/acknowledged")).isEqualTo("[\"cleartext-password\"]");
    var other = open.replace("}", ",\"acknowledged\":[\"everything\"]}");
    assertThat(root.put(PATH, other).status()).isEqualTo(422);
  }

  @Test
  void unknown_fields_are_ignored_and_named() {
    var answer = root.put(PATH, BODY.replace("}", ",\"smtpHost\":\"x\",\"a\\r\\nb\":1}"));
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Warning"))
        .isEqualTo("299 postern \"Unknown fields were ignored: smtpHost, (unprintable)\"");
  }

  @Test
  void r567_a_token_older_than_15_minutes_does_not_change_the_relay() {
    console.pass(Duration.ofMinutes(14));
    assertThat(root.put(PATH, BODY).status()).isEqualTo(204);
    console.pass(Duration.ofMinutes(1));
    assertThat(root.put(PATH, BODY).problem()).isEqualTo("403 step-up-required");
    assertThat(root.get(PATH).status()).isEqualTo(200);
  }

  private static String without(String field) {
    return BODY.replaceFirst("\"" + field + "\":\"[^\"]*\",", "");
  }

  private static String with(String field, String value) {
    return replaced(BODY, field, value);
  }

  private static String replaced(String body, String field, String value) {
    return body.replaceFirst(
        "\"" + field + "\":(\"[^\"]*\"|[0-9]+|true|false)",
        java.util.regex.Matcher.quoteReplacement("\"" + field + "\":" + value));
  }
}
