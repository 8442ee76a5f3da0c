package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// the password is asked for again, the session goes on under a new name, and the form that
/// came with it is still good.
final class StepUpFormTest {
  private static final String PAGE = "/system/administration/smtp";

  private static final String INSTANCE = "/system/administration/instance";

  private static final String SESSIONS = "/system/account/sessions";

  @TempDir Path directory;

  @Test
  void a_form_that_comes_back_with_an_error_after_a_step_up_can_be_sent_again() {
    try (var console = RunningConsole.start(directory, Map.of())) {
      var browser = Visits.setUp(console);
      Visits.signIn(browser, Visits.ROOT, Visits.PASSWORD);
      var session = browser.cookie("postern-session");

      var wrong = new HashMap<>(values("no server at all"));
      wrong.put("_password_again", Visits.PASSWORD);
      var refused = browser.submit(PAGE, PAGE, wrong);
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(browser.cookie("postern-session")).isNotEqualTo(session);

      var right = new HashMap<>(values("relay.example.com"));
      right.put("_csrf", Browser.token(refused.body()));
      assertThat(browser.post(PAGE, right).statusCode()).isEqualTo(303);
    }
  }

  @Test
  void R567_a_session_without_a_fresh_factor_does_not_change_where_links_lead() {
    try (var console = RunningConsole.start(directory, Map.of())) {
      var browser = Visits.setUp(console);
      Visits.signIn(browser, Visits.ROOT, Visits.PASSWORD);
      console.pass(Duration.ofMinutes(15).plusSeconds(1));
      var elsewhere = Map.of("displayName", "Postern", "baseUrl", "https://evil.example");

      var asked = browser.submit(INSTANCE, INSTANCE, elsewhere);
      assertThat(asked.statusCode()).isNotEqualTo(303);
      assertThat(asked.body()).contains("_password_again");
      assertThat(browser.get(INSTANCE).body()).doesNotContain("evil.example");

      var known = new HashMap<>(elsewhere);
      known.put("_password_again", Visits.PASSWORD);
      assertThat(browser.submit(INSTANCE, INSTANCE, known).statusCode()).isEqualTo(303);
      assertThat(browser.get(INSTANCE).body()).contains("evil.example");
    }
  }

  @Test
  void R567_a_session_without_a_fresh_factor_ends_no_other() {
    try (var console = RunningConsole.start(directory, Map.of())) {
      var owner = Visits.setUp(console);
      Visits.signIn(owner, Visits.ROOT, Visits.PASSWORD);
      var thief = console.browser();
      Visits.signIn(thief, Visits.ROOT, Visits.PASSWORD);
      console.pass(Duration.ofMinutes(15).plusSeconds(1));

      var asked = thief.submit(SESSIONS, SESSIONS + "/end-others", Map.of());
      assertThat(asked.body()).contains("_password_again");
      assertThat(owner.get(SESSIONS).body()).contains("End all others");

      var known = Map.of("_password_again", Visits.PASSWORD);
      assertThat(owner.submit(SESSIONS, SESSIONS + "/end-others", known).statusCode())
          .isEqualTo(303);
      assertThat(owner.get(SESSIONS).body()).contains("There is no other session");
      assertThat(thief.get(SESSIONS).statusCode()).isEqualTo(303);
    }
  }

  private static Map<String, String> values(String host) {
    return Map.of(
        "action",
        "save",
        "smtpServer",
        host,
        "smtpPort",
        "587",
        "connectionSecurity",
        "starttls",
        "fromEmailId",
        "noreply@example.com",
        "version",
        "0");
  }
}
