package io.postern.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import io.postern.console.api.TinyRelay;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a saved version counts as validated: what a check tries, and nothing else, decides.
final class ValidatedVersionTest {
  @TempDir Path directory;
  private RunningConsole console;
  private TinyRelay relay;
  private Browser root;

  @BeforeEach
  void start() throws IOException {
    console = RunningConsole.start(directory, Map.of());
    relay = new TinyRelay();
    root = Visits.setUp(console);
  }

  @AfterEach
  void stop() throws IOException {
    relay.close();
    console.close();
  }

  @Test
  void R731_what_was_saved_first_and_found_valid_then_is_validated() {
    save(Map.of());
    assertThat(page()).contains("Version 1, never validated");

    var answer = press("validate", Map.of("version", "1", "password", ""));

    assertThat(answer.body()).contains("class=\"verdict passed\"", "Version 1, validated");
    assertThat(root.get("/system").body()).contains("in force, validated");
  }

  @Test
  void the_page_that_follows_the_check_is_told() {
    save(Map.of());
    var running =
        root.submit(SmtpPage.PATH, SmtpPage.PATH + "/checks", fields(Map.of("version", "1")));
    var uid = running.body().replaceAll("(?s).*data-check=\"([0-9a-f]+)\".*", "$1");

    assertThat(root.get(SmtpPage.PATH + "/checks/" + uid + "/events").body())
        .contains("event: saved\ndata: Version 1, validated\n\nevent: verdict\n");
  }

  @Test
  void a_check_of_another_password_does_not_make_the_saved_one_validated() {
    save(Map.of("password", "wrong"));

    press("validate", Map.of("version", "1"));

    assertThat(page()).contains("Version 1, never validated");
  }

  @Test
  void it_stays_validated_when_only_what_no_check_tries_is_changed() {
    press("validate", Map.of());
    save(Map.of());
    assertThat(page()).contains("Version 1, validated");

    var names = Map.of("version", "1", "replyTo", "help@postern.test", "fromName", "Postern");
    assertThat(save(names)).contains("Saved as version 2", "It was validated.");
    var hello = new HashMap<>(names);
    hello.putAll(Map.of("version", "2", "ehloName", "mail.postern.test"));
    assertThat(save(hello)).contains("Saved as version 3", "It was never validated.");
  }

  @Test
  void another_sender_is_to_be_validated_again() {
    press("validate", Map.of());
    save(Map.of());

    var other = Map.of("version", "1", "fromEmailId", "other@postern.test");
    assertThat(save(other)).contains("Saved as version 2", "It was never validated.");
  }

  @Test
  void R230_another_mechanism_is_to_be_validated_again() {
    press("validate", Map.of());
    save(Map.of());

    var other = Map.of("version", "1", "authMechanism", "PLAIN", "password", "right");
    assertThat(save(other)).contains("Saved as version 2", "It was never validated.");
  }

  @Test
  void use_again_asks_for_the_password_only_when_the_stored_one_does_not_serve() {
    save(Map.of("fromName", "One"));
    save(Map.of("version", "1", "fromName", "Two"));
    assertThat(root.submit(SmtpPage.PATH, SmtpPage.PATH + "/history/1", Map.of()).body())
        .contains("The values of version 1. Validate, then save.", "Leave empty to keep it.");

    save(Map.of("version", "2", "fromEmailId", "other@postern.test"));
    assertThat(root.submit(SmtpPage.PATH, SmtpPage.PATH + "/history/1", Map.of()).body())
        .contains("The values of version 1. Enter the password, validate, save.")
        .doesNotContain("Leave empty to keep it");
  }

  private String page() {
    return root.get(SmtpPage.PATH).body();
  }

  private String save(Map<String, String> changed) {
    return root.follow(press("save", changed)).body();
  }

  private HttpResponse<String> press(String action, Map<String, String> changed) {
    var fields = fields(changed);
    fields.put("action", action);
    return root.submit(SmtpPage.PATH, SmtpPage.PATH, fields);
  }

  private Map<String, String> fields(Map<String, String> changed) {
    var fields = new HashMap<String, String>();
    fields.put("version", "0");
    fields.put("smtpServer", "127.0.0.1");
    fields.put("smtpPort", String.valueOf(relay.port()));
    fields.put("connectionSecurity", "none");
    fields.put("securityChosen", "true");
    fields.put("fromEmailId", "console@postern.test");
    fields.put("userName", "postern");
    fields.put("password", "right");
    fields.putAll(changed);
    return fields;
  }
}
