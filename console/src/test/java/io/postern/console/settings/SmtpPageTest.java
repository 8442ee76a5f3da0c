package io.postern.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import io.postern.console.api.TinyRelay;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// *Administration › SMTP* in front of an operator who is late, in a hurry, or somebody else.
final class SmtpPageTest {
  /// `postern` and `right` in PLAIN.
  private static final String SIGN_IN = "AUTH PLAIN AHBvc3Rlcm4AcmlnaHQ=";

  @TempDir Path directory;
  private RunningConsole console;
  private Browser root;

  @BeforeEach
  void start() {
    console = RunningConsole.start(directory, Map.of());
    root = Visits.setUp(console);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void R567_saving_with_an_old_factor_asks_for_the_password_and_keeps_what_was_typed() {
    console.pass(Duration.ofMinutes(16));

    var asked = press(Map.of("password", "relay secret"));
    assertThat(asked.statusCode()).isEqualTo(403);
    assertThat(asked.body()).contains("Enter your password again", "What you typed is kept");
    assertThat(page()).doesNotContain("Saved");

    var saved = confirm(asked, Visits.PASSWORD);
    assertThat(saved.statusCode()).isEqualTo(303);
    assertThat(root.follow(saved).body()).contains("Saved as version 1");
  }

  @Test
  void R567_the_link_of_a_tenant_is_not_shown_for_an_old_factor() {
    root.submit(
        "/system/tenants/new",
        "/system/tenants",
        Map.of("orgName", "Acme", "firstName", "A", "lastName", "B", "emailId", "a@acme.test"));
    var row =
        root.get("/system/tenants")
            .body()
            .replaceAll("(?s).*?(/system/tenants/[0-9a-f]{32}/activate).*", "$1");
    console.pass(Duration.ofMinutes(16));

    var answer = root.submit("/system/tenants", row, Map.of());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("Enter your password again").doesNotContain("/link/");
  }

  @Test
  void a_typed_password_that_is_no_longer_held_is_not_replaced_by_the_stored_one() {
    press(Map.of("password", "relay secret"));

    var answer = press(Map.of("version", "1", "held", "sealed-long-ago"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("was kept for 15 minutes");
  }

  @Test
  void a_wrong_field_keeps_the_typed_password_which_the_page_does_not_show() throws IOException {
    try (var relay = new TinyRelay()) {
      var wrong = press(Map.of("smtpPort", "65536", "userName", "postern", "password", "right"));
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body())
          .contains("1 to 65535")
          .contains("value=\"65536\"")
          .contains("What you typed is kept")
          .doesNotContain("value=\"right\"");

      var mended =
          Map.of(
              "smtpPort", String.valueOf(relay.port()),
              "userName", "postern",
              "held", held(wrong));
      var validate = new HashMap<>(mended);
      validate.put("action", "validate");
      assertThat(press(validate).body())
          .contains("class=\"verdict passed\"", "Not tried: a recipient and a message");
      assertThat(relay.commands()).contains(SIGN_IN);
      assertThat(root.follow(press(mended)).body())
          .contains("Saved as version 1", "It was validated");
    }
  }

  @Test
  void R520_a_password_kept_over_a_wrong_field_goes_to_no_other_server() {
    var wrong = press(Map.of("smtpPort", "65536", "password", "relay secret"));

    var moved = press(Map.of("smtpServer", "127.0.0.2", "held", held(wrong)));

    assertThat(moved.statusCode()).isEqualTo(422);
    assertThat(moved.body()).contains("only for the values it was typed with");
  }

  @Test
  void R520_what_a_kept_password_is_fixed_to_is_not_loosened_by_a_wrong_field_later() {
    var wrong = press(Map.of("smtpPort", "65536", "password", "relay secret"));
    var noServer = press(Map.of("smtpServer", "no server", "held", held(wrong)));

    var moved = press(Map.of("smtpServer", "127.0.0.2", "held", held(noServer)));

    assertThat(moved.statusCode()).isEqualTo(422);
    assertThat(moved.body()).contains("only for the values it was typed with");
  }

  @Test
  void a_kept_password_is_for_one_session_and_a_quarter_of_an_hour() {
    var wrong = press(Map.of("smtpPort", "65536", "password", "relay secret"));
    console.pass(Duration.ofMinutes(14));
    assertThat(press(Map.of("held", held(wrong))).statusCode()).isEqualTo(303);
    var again = press(Map.of("smtpPort", "65536", "version", "1", "password", "relay secret"));

    root = console.browser();
    Visits.signIn(root, Visits.ROOT, Visits.PASSWORD);
    var other = press(Map.of("version", "1", "held", held(again)));

    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("only for the values it was typed with");
  }

  @Test
  void a_database_that_another_program_holds_locked_keeps_what_was_typed() throws SQLException {
    var file = "jdbc:sqlite:" + directory.resolve("postern.db");
    try (var other = DriverManager.getConnection(file);
        var statement = other.createStatement()) {
      statement.execute("begin immediate");
      var answer = press(Map.of("fromName", "Acme", "password", "relay secret"));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body())
          .contains("nothing was saved", "value=\"Acme\"", "What you typed is kept")
          .doesNotContain("relay secret");
      statement.execute("rollback");
      assertThat(press(Map.of("held", held(answer), "fromName", "Acme")).statusCode())
          .isEqualTo(303);
    }
  }

  @ParameterizedTest
  @CsvSource({"replyTo,nonsense", "fromName,A\u202EB", "ehloName,a b"})
  void a_fault_under_what_is_folded_away_unfolds_it_and_takes_the_cursor(
      String field, String wrong) {
    var body = press(Map.of(field, wrong)).body();
    assertThat(body)
        .containsPattern("<details id=\"trust\" class=\"field\" open")
        .containsPattern("id=\"" + field + "\"[^>]* autofocus[^>]* aria-invalid=\"true\"")
        .containsOnlyOnce(" autofocus");
  }

  @ParameterizedTest
  @ValueSource(strings = {"split", "validate", "save"})
  void a_server_pasted_with_its_sign_in_fills_the_fields_and_never_shows_the_password(
      String action) {
    var answer =
        press(
            Map.of(
                "action", action,
                "smtpServer", "smtps://user%40x.test:hunter2@127.0.0.1:2465/",
                "userName", ""));

    assertThat(answer.body())
        .contains("name=\"smtpServer\" value=\"127.0.0.1\"", "value=\"2465\"")
        .contains("value=\"user@x.test\"", "What you typed is kept")
        .doesNotContain("hunter2");
    var saved =
        press(
            Map.of(
                "smtpPort", "2465",
                "connectionSecurity", "tls",
                "userName", "user@x.test",
                "held", held(answer)));
    assertThat(saved.statusCode()).isEqualTo(303);
  }

  @Test
  void a_private_key_among_the_certificates_is_refused_and_does_not_come_back() {
    var answer =
        press(
            Map.of(
                "trustedCertificates",
                "-----BEGIN PRIVATE KEY-----\nMIIEvQ==\n-----END PRIVATE KEY-----",
                "fromName",
                "Acme"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(fault(answer)).startsWith("This holds a private key. Never upload it");
    assertThat(answer.body()).contains("value=\"Acme\"").doesNotContain("MIIEvQ");
  }

  @Test
  void certificates_that_are_too_many_keep_the_form_and_name_the_limit() {
    var block = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    var answer = press(Map.of("trustedCertificates", block.repeat(2_000), "fromName", "Acme"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(fault(answer)).contains("2,000 certificates", "at most 65,536 characters");
    assertThat(answer.body()).contains("value=\"Acme\"");
  }

  @Test
  void a_body_that_the_server_does_not_read_says_how_to_get_back_to_what_was_typed() {
    var answer = press(Map.of("trustedCertificates", "x".repeat(3 << 20)));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("Go back in your browser", "certificate");
  }

  @Test
  void since_when_a_password_is_saved_is_told_like_every_other_time() {
    press(Map.of("password", "relay secret"));

    assertThat(page())
        .containsPattern("Set <time datetime=\"2026-11-24T12:00:00Z\"[^>]*>[^<]*</time> by root@");
  }

  @Test
  void a_split_server_keeps_the_password_typed_beside_it() {
    var split =
        press(
            Map.of(
                "action", "split",
                "smtpServer", "smtps://[::1]:2525",
                "password", "relay secret"));

    assertThat(split.body())
        .contains("name=\"smtpServer\" value=\"::1\"", "value=\"2525\"", "What you typed is kept")
        .doesNotContain("relay secret");
  }

  @Test
  void R567_the_page_that_asks_for_a_factor_holds_nothing_that_was_typed() throws IOException {
    try (var relay = new TinyRelay()) {
      console.pass(Duration.ofMinutes(16));
      var port = String.valueOf(relay.port());
      var asked = press(Map.of("smtpPort", port, "userName", "postern", "password", "right"));
      assertThat(asked.statusCode()).isEqualTo(403);
      assertThat(asked.body()).contains("_kept").doesNotContain("\"right\"", "127.0.0.1");

      var refused = confirm(asked, "not this");
      assertThat(refused.statusCode()).isEqualTo(403);
      var saved = confirm(refused, Visits.PASSWORD);
      assertThat(saved.statusCode()).isEqualTo(303);

      var values =
          Map.of("action", "validate", "version", "1", "smtpPort", port, "userName", "postern");
      assertThat(press(values).body()).contains("class=\"verdict passed\"");
      assertThat(relay.commands()).contains(SIGN_IN);
    }
  }

  @Test
  void a_kept_form_is_good_for_its_own_address_its_session_and_its_time() {
    console.pass(Duration.ofMinutes(16));
    var asked = press(Map.of("password", "relay secret"));
    var fields = Map.of("_kept", kept(asked), "_password_again", Visits.PASSWORD);

    assertThat(root.submit(SmtpPage.PATH, SmtpPage.PATH + "/fill", fields).body())
        .contains("is gone, so nothing was done");
    console.pass(Duration.ofMinutes(16));
    assertThat(root.submit(SmtpPage.PATH, SmtpPage.PATH, fields).body())
        .contains("is gone, so nothing was done");
    assertThat(page()).contains("Not saved yet");
  }

  @Test
  void validating_for_another_destination_says_of_the_password_what_saving_says() {
    press(Map.of("password", "relay secret"));
    var elsewhere = Map.of("version", "1", "smtpServer", "127.0.0.2");
    var validating = new HashMap<>(elsewhere);
    validating.put("action", "validate");

    var saved = press(elsewhere);
    var validated = press(validating);

    assertThat(fault(saved)).startsWith("A password is kept only for the server");
    assertThat(fault(validated)).isEqualTo(fault(saved));
    assertThat(
            root.submit(SmtpPage.PATH, SmtpPage.PATH + "/checks", fields(elsewhere)).statusCode())
        .isEqualTo(422);
  }

  @Test
  void a_user_name_without_any_password_is_said_before_anything_is_asked() {
    assertThat(fault(press(Map.of()))).startsWith("There is a user name, but no password");
    assertThat(fault(press(Map.of("action", "validate"))))
        .startsWith("There is a user name, but no password");
  }

  @Test
  void blanks_around_a_value_are_removed_and_that_is_said() {
    var wrong =
        press(Map.of("smtpServer", "\u00A0127.0.0.1\r\n", "smtpPort", "0", "password", "x"));
    assertThat(wrong.body()).contains("value=\"127.0.0.1\"", "Blanks or line breaks around it");

    var saved = press(Map.of("fromEmailId", " console@postern.test", "password", "x"));
    assertThat(root.follow(saved).body())
        .contains(
            "Saved as version 1", "From Email: Blanks or line breaks around it were removed.");
  }

  @Test
  void a_line_break_in_the_server_is_called_one() {
    assertThat(fault(press(Map.of("smtpServer", "smtp.example.com\r\n25", "password", "x"))))
        .contains("contains a line break");
  }

  @Test
  void a_connection_security_that_is_none_is_not_quietly_another() {
    var answer = press(Map.of("connectionSecurity", "ssl", "password", "x"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(fault(answer)).startsWith("One of starttls, tls and none");
  }

  @ParameterizedTest
  @CsvSource({"userName,255,303", "userName,256,422", "password,1024,303", "password,1025,422"})
  void R235_a_user_name_and_a_password_have_a_limit_which_is_named(
      String field, int octets, int status) {
    var values = new HashMap<>(Map.of("userName", "console", "password", "x"));
    values.put(field, "é".repeat(octets / 2) + "x".repeat(octets % 2));
    var answer = press(values);
    assertThat(answer.statusCode()).isEqualTo(status);
    if (status == 422) {
      assertThat(fault(answer)).startsWith("It has %d octets".formatted(octets));
    }
  }

  @Test
  void R235_an_odd_looking_password_is_taken_and_said_to_be_odd() {
    assertThat(root.follow(press(Map.of("password", "abcd efgh ijkl mnop"))).body())
        .contains("Saved as version 1", "Password: It looks like an app password");
    var check = fields(Map.of("version", "1", "password", "x".repeat(256)));
    assertThat(root.submit(SmtpPage.PATH, SmtpPage.PATH + "/checks", check).body())
        .contains("Password: It has 256 octets");
  }

  @Test
  void R230_the_strongest_mechanism_is_used_unless_one_is_chosen() {
    assertThat(page()).contains("<option value=\"\">Strongest offered</option>");
    var saved = root.follow(press(Map.of("password", "x", "authMechanism", "SCRAM-SHA-256")));
    assertThat(saved.body())
        .contains(
            "<option value=\"SCRAM-SHA-256\" selected>",
            "<span class=\"badge\" id=\"only\">SCRAM-SHA-256 only</span>");
    assertThat(root.get(SmtpPage.PATH + "/history").body())
        .contains("Sign-in mechanism", "SCRAM-SHA-256");
    assertThat(fault(press(Map.of("password", "x", "version", "1", "authMechanism", "NTLM"))))
        .startsWith("One of SCRAM-SHA-256-PLUS");
  }

  @Test
  void R520_a_stored_password_is_not_sent_by_another_mechanism() {
    root.follow(press(Map.of("password", "x", "authMechanism", "SCRAM-SHA-256")));
    for (var weaker : new String[] {"", "PLAIN"}) {
      var moved = Map.of("version", "1", "authMechanism", weaker);
      assertThat(fault(press(moved))).startsWith("A password is kept only for the server");
    }
    assertThat(press(Map.of("version", "1", "authMechanism", "SCRAM-SHA-256")).statusCode())
        .isEqualTo(303);
  }

  @Test
  void a_version_number_that_is_none_is_a_bad_request_and_no_failure() {
    assertThat(root.submit(SmtpPage.PATH, SmtpPage.PATH + "/history/xx", Map.of()).statusCode())
        .isEqualTo(400);
  }

  @Test
  void a_version_that_never_was_does_not_stop_the_first_save() {
    assertThat(press(Map.of("version", "7", "password", "relay secret")).statusCode())
        .isEqualTo(303);
    assertThat(page()).contains("name=\"version\" value=\"1\"");
  }

  @Test
  void the_same_word_acknowledged_twice_is_one() {
    var posted = Map.of("acknowledged", new String[] {"cleartext-password", "cleartext-password"});
    assertThat(SmtpForm.of(posted).acknowledged()).containsExactly("cleartext-password");
  }

  private String page() {
    return root.get(SmtpPage.PATH).body();
  }

  private static String held(HttpResponse<String> answer) {
    return answer.body().replaceAll("(?s).*name=\"held\" value=\"([^\"]+)\".*", "$1");
  }

  private static String kept(HttpResponse<String> answer) {
    return answer.body().replaceAll("(?s).*name=\"_kept\" value=\"([^\"]+)\".*", "$1");
  }

  private static String fault(HttpResponse<String> answer) {
    return answer.body().replaceAll("(?s).*?class=\"fault\" role=\"alert\">([^<]*)<.*", "$1");
  }

  private HttpResponse<String> confirm(HttpResponse<String> asked, String password) {
    return root.post(
        SmtpPage.PATH,
        Map.of(
            "_csrf", Browser.token(asked.body()),
            "_kept", kept(asked),
            "_password_again", password));
  }

  private HttpResponse<String> press(Map<String, String> changed) {
    return root.submit(SmtpPage.PATH, SmtpPage.PATH, fields(changed));
  }

  private static Map<String, String> fields(Map<String, String> changed) {
    var fields = new HashMap<String, String>();
    fields.put("action", "save");
    fields.put("version", "0");
    fields.put("smtpServer", "127.0.0.1");
    fields.put("smtpPort", "2525");
    fields.put("connectionSecurity", "none");
    fields.put("securityChosen", "true");
    fields.put("fromEmailId", "console@postern.test");
    fields.put("userName", "console");
    fields.putAll(changed);
    return fields;
  }
}
