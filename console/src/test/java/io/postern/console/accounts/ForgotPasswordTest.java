package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import io.postern.console.api.TinyRelay;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// R-545 to R-547 through the pages.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ForgotPasswordTest {
  private static final String FRESH = "purple monkey dishwasher lamp";
  private static final String KNOWN = "known@example.com";

  private RunningConsole console;
  private Neighbour neighbour;
  private TinyRelay relay;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    console = RunningConsole.start(directory, Map.of());
    neighbour = new Neighbour(console, directory);
    relay = new TinyRelay();
  }

  @AfterAll
  void stop() throws IOException {
    neighbour.close();
    relay.close();
    console.close();
  }

  @BeforeEach
  void save() {
    neighbour.save(relay);
  }

  @Test
  void R547_a_reset_sets_the_password_signs_nobody_in_and_ends_every_session() {
    neighbour.account(null, KNOWN, Visits.PASSWORD);
    var signedIn = console.browser();
    Visits.signIn(signedIn, KNOWN, Visits.PASSWORD);
    assertThat(console.browser().get("/system/login").body()).contains("/system/forgot");

    ask("/system/forgot", KNOWN);
    var reader = console.browser();
    var link = neighbour.link("PASSWORD_RESET", KNOWN);
    assertThat(reader.follow(reader.get(link)).body()).contains("Set a new password", KNOWN);
    assertThat(signedIn.get("/system/account").statusCode()).as("fetched only").isEqualTo(200);
    var done =
        reader.submit("/link/reset", "/link/reset", Map.of("password", FRESH, "again", FRESH));

    assertThat(done.headers().firstValue("Location")).hasValue("/system/login");
    assertThat(reader.cookie("postern-session")).isEmpty();
    assertThat(reader.follow(done).body()).contains("The password is changed");
    assertThat(signedIn.get("/system/account").statusCode()).isEqualTo(303);
    assertThat(reader.get(link).statusCode()).isEqualTo(410);
    assertThat(Visits.signIn(console.browser(), KNOWN, Visits.PASSWORD).statusCode())
        .isEqualTo(401);
    assertThat(Visits.signIn(console.browser(), KNOWN, FRESH).statusCode()).isEqualTo(303);
  }

  @Test
  void R545_the_answer_is_the_same_whether_there_is_an_account_or_not() {
    neighbour.account(null, "there@example.com", Visits.PASSWORD);
    var known = ask("/system/forgot", "there@example.com");
    var unknown = ask("/system/forgot", "where@example.com");
    assertThat(known.statusCode()).isEqualTo(200).isEqualTo(unknown.statusCode());
    assertThat(unknown.body().replace("where@", "there@")).isEqualTo(known.body());
  }

  @Test
  void tenants_have_their_own_page_and_come_back_to_their_own_sign_in() {
    neighbour.account("tenant1", "tenant@example.com", Visits.PASSWORD);
    assertThat(console.browser().get("/").body()).contains("href=\"/forgot\"");
    assertThat(ask("/forgot", "tenant@example.com").body()).contains("whoever runs the platform");
    var reader = console.browser();
    reader.get(neighbour.link("PASSWORD_RESET", "tenant@example.com"));
    var done =
        reader.submit("/link/reset", "/link/reset", Map.of("password", FRESH, "again", FRESH));
    assertThat(done.headers().firstValue("Location")).hasValue("/");
  }

  @Test
  void R546_who_activated_by_a_copied_link_verifies_the_address_before_a_reset_is_mailed() {
    var email = "copied@example.com";
    var tenant = Visits.tenant(console, email);
    ask("/forgot", email);

    assertThat(tenant.get("/").body()).contains("Send the verification letter");
    var asked = tenant.follow(tenant.submit("/", "/verify", Map.of()));
    assertThat(asked.body()).contains("A letter with a link is queued for " + email);
    var reader = console.browser();
    reader.get(neighbour.link("ADDRESS_VERIFY", email));
    assertThat(neighbour.letters("PASSWORD_RESET", email)).isEmpty();
    assertThat(reader.submit("/link/verify", "/link/verify", Map.of()).body())
        .contains("The address is verified");

    assertThat(tenant.get("/").body()).doesNotContain("verification letter");
    ask("/forgot", email);
    assertThat(neighbour.link("PASSWORD_RESET", email)).startsWith("/link/");
  }

  @Test
  void without_working_mail_the_page_says_what_helps_and_nothing_about_accounts() {
    neighbour.account(null, "nomail@example.com", Visits.PASSWORD);
    neighbour.forgetRelay();
    var page = console.browser().get("/system/forgot");
    assertThat(page.body())
        .contains("sends no letters at present", "./postern account reset-password")
        .doesNotContain("name=\"email\"");
    var browser = console.browser();
    var token = Browser.token(browser.get("/system/login").body());
    var known =
        browser.post("/system/forgot", Map.of("_csrf", token, "email", "nomail@example.com"));
    assertThat(known.statusCode()).isEqualTo(503);
    assertThat(neighbour.letters("PASSWORD_RESET", "nomail@example.com")).isEmpty();
  }

  @Test
  void an_address_that_is_none_comes_back_with_a_sentence() {
    var answer = ask("/system/forgot", "no address");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("value=\"no address\"", "id=\"email-error\"");
  }

  private HttpResponse<String> ask(String page, String email) {
    return console.browser().submit(page, page, Map.of("email", email));
  }
}
