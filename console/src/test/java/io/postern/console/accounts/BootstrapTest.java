package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.RunningConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// the first root account.
final class BootstrapTest {
  @TempDir Path directory;

  @Test
  void R550_the_setup_link_makes_the_root_account_once_and_signs_in() {
    try (var console = RunningConsole.startOnNothing(directory)) {
      var link = Visits.setupPath(console);
      var second = console.browser();
      assertThat(second.get(link).statusCode()).isEqualTo(303);

      var browser = Visits.setUp(console);

      assertThat(browser.cookie("postern-session")).isNotEmpty();
      assertThat(browser.get("/system/step-up").statusCode()).isEqualTo(200);
      assertThat(console.greeting()).doesNotContain("setup");
      assertThat(console.browser().get(link).statusCode()).isEqualTo(410);
      assertThat(second.get("/system/setup").body()).contains("exists already");
      var late =
          second.post(
              "/system/setup",
              Map.of(
                  "_csrf", io.postern.console.Browser.token(second.get("/system/login").body())));
      assertThat(late.statusCode()).isEqualTo(410);
      assertThat(Trail.sentences(directory).getFirst())
          .isEqualTo("The first root account was created");
      assertThat(Trail.column(directory, "actor_address").getFirst())
          .as("who brought the link, and not the terminal")
          .isEqualTo("127.0.0.1");
    }
  }

  @Test
  void R550_the_setup_link_ends_after_30_minutes_and_a_restart_prints_a_new_one() {
    String old;
    try (var console = RunningConsole.start(directory, Map.of())) {
      old = Visits.setupPath(console);
      console.pass(Duration.ofMinutes(30));
      var answer = console.browser().get(old);
      assertThat(answer.statusCode()).isEqualTo(410);
      assertThat(answer.body()).contains("Restart Postern");
    }
    try (var console = RunningConsole.start(directory, Map.of())) {
      assertThat(Visits.setupPath(console)).isNotEqualTo(old).startsWith("/system/setup/");
      assertThat(console.browser().get(old).body()).contains("newest one");
    }
  }

  @Test
  void the_setup_form_keeps_what_was_typed_and_says_what_is_wrong() {
    try (var console = RunningConsole.start(directory, Map.of())) {
      var browser = console.browser();
      browser.get(Visits.setupPath(console));
      var answer =
          browser.submit(
              "/system/setup",
              "/system/setup",
              Map.of("email", "no address", "firstName", "Ada", "password", "short", "again", "x"));
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body())
          .contains("value=\"no address\"", "value=\"Ada\"", "this one has 5", "passwords differ")
          .doesNotContain("value=\"short\"");
    }
  }

  @Test
  void unattended_settings_create_the_root_account_once() throws IOException {
    var file = Files.writeString(directory.resolve("password"), Visits.PASSWORD + "\n");
    var environment =
        Map.of(
            "POSTERN_BOOTSTRAP_EMAIL",
            Visits.ROOT,
            "POSTERN_BOOTSTRAP_PASSWORD_FILE",
            file.toString());
    try (var console = RunningConsole.start(directory, environment)) {
      assertThat(console.greeting()).doesNotContain("setup");
      var answer = Visits.signIn(console.browser(), Visits.ROOT, Visits.PASSWORD);
      assertThat(answer.statusCode()).isEqualTo(303);
    }
    Files.delete(file);
    try (var console = RunningConsole.start(directory, environment)) {
      assertThat(console.greeting()).doesNotContain("setup");
    }
  }

  @Test
  void unattended_settings_with_a_weak_password_stop_the_start_with_a_sentence()
      throws IOException {
    var file = Files.writeString(directory.resolve("password"), "passwordpassword");
    var environment =
        Map.of(
            "POSTERN_BOOTSTRAP_EMAIL",
            Visits.ROOT,
            "POSTERN_BOOTSTRAP_PASSWORD_FILE",
            file.toString());
    assertThatThrownBy(() -> RunningConsole.start(directory, environment).close())
        .rootCause()
        .hasMessageContaining("among the first that attackers try");
  }
}
