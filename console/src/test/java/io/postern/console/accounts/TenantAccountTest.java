package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the administrator of a tenant does with an account of their own: what the letters about it
/// advise can be done.
final class TenantAccountTest {
  private static final String EMAIL = "tenant@example.com";
  private static final String FRESH = "five more words that nobody knows";
  private static final String PAGE = "/system/account/sessions";

  @TempDir Path directory;
  private RunningConsole console;
  private Browser tenant;

  @BeforeEach
  void start() {
    console = RunningConsole.startOnNothing(directory);
    tenant = Visits.tenant(console, EMAIL);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void R561_a_stolen_session_is_ended_by_its_owner() {
    var thief = signedIn(Visits.PASSWORD);
    assertThat(tenant.get("/").body()).contains(PAGE, "/system/account/password");
    assertThat(tenant.get(PAGE).body())
        .contains("this one", "/system/account/passkeys")
        .doesNotContain("/system/account/keys", "Main Menu");
    tenant.submit(PAGE, PAGE + "/end-others", Map.of());
    assertThat(tenant.get(PAGE).body()).contains("There is no other session");
    assertThat(thief.get("/").body()).contains("Sign in");
  }

  @Test
  void R567_a_stolen_cookie_ends_no_session_of_its_owner() {
    var thief = signedIn(Visits.PASSWORD);
    console.pass(Duration.ofMinutes(16));
    var answer = thief.submit(PAGE, PAGE + "/end-others", Map.of());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("Enter your password again");
    assertThat(tenant.get(PAGE).statusCode()).isEqualTo(200);
  }

  @Test
  void R561_a_new_password_ends_the_other_sessions() {
    var thief = signedIn(Visits.PASSWORD);
    var page = "/system/account/password";
    var wrong = Map.of("present", "not this one at all", "password", FRESH, "again", FRESH);
    assertThat(tenant.submit(page, page, wrong).statusCode()).isEqualTo(422);
    var right = Map.of("present", Visits.PASSWORD, "password", FRESH, "again", FRESH);
    assertThat(tenant.submit(page, page, right).statusCode()).isEqualTo(303);
    assertThat(thief.get("/").body()).contains("Sign in");
    assertThat(signedIn(FRESH).get("/").body()).contains("Your account is active");
  }

  private Browser signedIn(String password) {
    var browser = console.browser();
    browser.submit("/", "/", Map.of("email", EMAIL, "password", password));
    return browser;
  }
}
