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
  void R523_what_was_saved_is_read_without_the_password() {
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
  void R523_an_absent_password_is_kept_and_null_deletes_it() {
    root.put(PATH, BODY);
    assertThat(root.put(PATH, without("password")).status()).isEqualTo(204);
    assertThat(root.get(PATH).at("/passwordSet")).isEqualTo("true");
    assertThat(root.put(PATH, with("password", "null")).status()).isEqualTo(204);
    assertThat(root.get(PATH).at("/passwordSet")).isEqualTo("false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "***", "**********", "••••••••"})
  void R523_a_mask_is_no_password(String mask) {
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
        "authMechanism,\"PLAIN\"",
        "insecureSkipVerifyTls,true"
      })
  void R520_the_stored_password_stays_with_its_destination(String field, String value) {
    root.put(PATH, BODY);
    var moved = replaced(without("password"), field, value);
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
        "smtpServer|\"[::1]:25\"|smtpServer",
        "smtpServer|\"smtp.example.com\\r\\n25\"|smtpServer",
        "connectionSecurity|\"ssl\"|connectionSecurity",
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
  void R230_one_mechanism_can_be_chosen_by_its_name() {
    assertThat(root.put(PATH, with("authMechanism", "\"SCRAM-SHA-256\"")).status()).isEqualTo(204);
    assertThat(root.get(PATH).at("/authMechanism")).isEqualTo("SCRAM-SHA-256");
    assertThat(root.put(PATH, BODY).status()).isEqualTo(204);
    assertThat(root.get(PATH).at("/authMechanism")).isEmpty();
    var answer = root.put(PATH, with("authMechanism", "\"GSSAPI\""));
    assertThat(answer.at("/details/fields/authMechanism"))
        .startsWith("One of SCRAM-SHA-256-PLUS, SCRAM-SHA-256, ");
  }

  @ParameterizedTest
  @CsvSource({"app_1,204", "app 1,422", "a@b,422"})
  void R120_an_irregular_EHLO_name_is_taken_and_said_to_be_irregular(String name, int status) {
    var answer = root.put(PATH, with("ehloName", "\"" + name + "\""));
    assertThat(answer.status()).isEqualTo(status);
    if (status == 204) {
      assertThat(answer.header("Warning"))
          .contains("ehloName: ", "Some servers refuse such a name");
      assertThat(root.get(PATH).at("/ehloName")).isEqualTo(name);
    }
  }

  @Test
  void R201_a_clear_text_password_needs_an_acknowledgment() {
    var open = BODY.replace("}", ",\"connectionSecurity\":\"none\"}");
    assertThat(root.put(PATH, open).problem()).isEqualTo("422 cleartext-password");
    var accepted = open.replace("}", ",\"acknowledged\":[\"cleartext-password\"]}");
    assertThat(root.put(PATH, accepted).status()).isEqualTo(204);
    assertThat(root.get(PATH).at("/acknowledged")).isEqualTo("[\"cleartext-password\"]");
    var other = open.replace("}", ",\"acknowledged\":[\"everything\"]}");
    assertThat(root.put(PATH, other).status()).isEqualTo(422);
  }

  @Test
  void a_line_break_in_the_server_is_called_one() {
    var answer = root.put(PATH, replaced(BODY, "smtpServer", "\"smtp.example.com\\r\\n25\""));
    assertThat(answer.at("/details/fields/smtpServer")).contains("contains a line break");
  }

  @Test
  void blanks_around_a_value_are_removed_and_that_is_said() {
    var answer = root.put(PATH, replaced(BODY, "smtpServer", "\" smtp.example.com\\n\""));
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Warning"))
        .isEqualTo("299 postern \"smtpServer: Blanks or line breaks around it were removed.\"");
    assertThat(root.get(PATH).at("/smtpServer")).isEqualTo("smtp.example.com");
  }

  @Test
  void R235_an_app_password_with_its_blanks_is_taken_and_warned_about() {
    var answer = root.put(PATH, replaced(BODY, "password", "\"abcd efgh ijkl mnop\""));
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Warning"))
        .startsWith("299 postern \"password: It looks like an app password");
  }

  @ParameterizedTest
  @CsvSource({"userName,255,204", "userName,256,422", "password,1024,204", "password,1025,422"})
  void R235_user_name_and_password_have_a_limit(String field, int octets, int status) {
    var answer = root.put(PATH, replaced(BODY, field, "\"" + "x".repeat(octets) + "\""));
    assertThat(answer.status()).isEqualTo(status);
    if (status == 422) {
      assertThat(answer.at("/details/fields/" + field)).startsWith("It has " + octets + " octets");
    }
  }

  @Test
  void a_misspelt_user_name_does_not_drop_the_saved_sign_in() {
    assertThat(root.put(PATH, BODY).status()).isEqualTo(204);
    var user = root.get(PATH).at("/userName");
    var misspelt =
        BODY.replace("\"userName\"", "\"usernam\"").replace("\"password\"", "\"pasword\"");
    var answer = root.put(PATH, misspelt);
    assertThat(answer.problem()).isEqualTo("422 sign-in-dropped");
    assertThat(answer.at("/details/unknown")).isEqualTo("usernam, pasword");
    assertThat(root.get(PATH).at("/userName")).isEqualTo(user).isNotEmpty();

    var meant = misspelt.replace("\"usernam\":", "\"userName\":\"\",\"was\":");
    assertThat(root.put(PATH, meant).status()).isEqualTo(204);
    assertThat(root.get(PATH).at("/userName")).isEmpty();
  }

  @Test
  void unknown_fields_are_ignored_and_named() {
    var answer = root.put(PATH, BODY.replace("}", ",\"smtpHost\":\"x\",\"a\\r\\nb\":1}"));
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Warning"))
        .isEqualTo("299 postern \"Unknown fields were ignored: smtpHost, (unprintable)\"");
  }

  @Test
  void R567_a_token_older_than_15_minutes_does_not_change_the_relay() {
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

  /// The body with another value of the field, which it may not have yet.
  private static String replaced(String body, String field, String value) {
    if (!body.contains("\"" + field + "\"")) {
      return body.replace("}", ",\"" + field + "\":" + value + "}");
    }
    return body.replaceFirst(
        "\"" + field + "\":(\"[^\"]*\"|[0-9]+|true|false)",
        java.util.regex.Matcher.quoteReplacement("\"" + field + "\":" + value));
  }
}
