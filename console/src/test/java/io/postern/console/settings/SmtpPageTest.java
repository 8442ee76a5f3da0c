package io.postern.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// *Administration › SMTP* in front of an operator who is late, in a hurry, or somebody else.
final class SmtpPageTest {
  private static final String EMAIL = "root@example.com";
  private static final String PASSWORD = "staple horse battery correct";

  @TempDir Path directory;
  private RunningConsole console;
  private Browser root;

  @BeforeEach
  void start() {
    console = RunningConsole.start(directory, Map.of());
    root = console.browser();
    root.get(console.greeting().replaceAll("(?s).*?(/system/setup/\\S+).*", "$1"));
    root.submit(
        "/system/setup",
        "/system/setup",
        Map.of("email", EMAIL, "password", PASSWORD, "again", PASSWORD));
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void r567_saving_with_an_old_factor_asks_for_the_password_and_keeps_what_was_typed() {
    console.pass(Duration.ofMinutes(16));

    var asked = press(Map.of("password", "relay secret"));
    assertThat(asked.statusCode()).isEqualTo(403);
    assertThat(asked.body()).contains("Enter your password again").contains("127.0.0.1");
    assertThat(page()).doesNotContain("Saved");

    var saved = press(Map.of("password", "relay secret", "_password_again", PASSWORD));
    assertThat(saved.statusCode()).isEqualTo(303);
    assertThat(root.follow(saved).body()).contains("Saved as version 1");
  }

  @Test
  void r567_the_link_of_a_tenant_is_not_shown_for_an_old_factor() {
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
  void a_wrong_field_says_that_the_password_has_to_be_typed_again() {
    var answer = press(Map.of("smtpPort", "65536", "password", "relay secret"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("1 to 65535")
        .contains("value=\"65536\"")
        .contains("Enter the password again")
        .doesNotContain("relay secret");
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

  private HttpResponse<String> press(Map<String, String> changed) {
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
    return root.submit(SmtpPage.PATH, SmtpPage.PATH, fields);
  }
}
