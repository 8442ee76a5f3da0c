package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import io.postern.console.api.TinyRelay;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// through the pages, with a relay that takes the letters.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MyAccountTest {
  private static final String PAGE = "/system/account";
  private static final String FRESH = "purple monkey dishwasher lamp";
  private static final Pattern END = Pattern.compile("action=\"([^\"]+/[0-9a-f]+/end)\"");

  private RunningConsole console;
  private Neighbour neighbour;
  private TinyRelay relay;
  private int number;
  private Account account;
  private Browser browser;

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
  void signIn() {
    neighbour.save(relay);
    account = neighbour.account(null, "ada%d@example.com".formatted(++number), Visits.PASSWORD);
    browser = signedIn(account.email());
  }

  @Test
  void R548_an_address_is_changed_by_its_letter_and_brought_back_by_the_old_one() {
    var old = account.email();
    var wanted = "new-" + old;
    assertThat(change(wanted, Visits.PASSWORD).statusCode()).isEqualTo(303);
    assertThat(browser.get(PAGE).body()).contains(wanted + " must be confirmed", old);

    var reader = console.browser();
    var link = neighbour.link("ADDRESS_CONFIRM", wanted);
    for (var fetched = 0; fetched < 2; fetched++) {
      assertThat(reader.follow(reader.get(link)).body()).contains("Confirm this address", old);
    }
    assertThat(neighbour.reread(account).email()).as("after fetching, R-543").isEqualTo(old);
    var confirmed = reader.submit("/link/confirm", "/link/confirm", Map.of());
    assertThat(confirmed.body()).contains("The address is changed", wanted);
    assertThat(reader.cookie("postern-session")).as("R-549").isEmpty();
    assertThat(reader.get(link).statusCode()).isEqualTo(410);
    assertThat(neighbour.reread(account).email()).isEqualTo(wanted);
    assertThat(browser.get(PAGE).body()).contains("The address was " + old + " before", "verified");

    var owner = console.browser();
    owner.get(neighbour.link("ADDRESS_CHANGED", old));
    assertThat(owner.get("/link/cancel").body()).contains("Bring the old address back", wanted);
    assertThat(owner.submit("/link/cancel", "/link/cancel", Map.of()).body())
        .contains(old + " is the address", "Set a new password");
    assertThat(neighbour.reread(account).email()).isEqualTo(old);
    assertThat(browser.get(PAGE).statusCode()).as("sessions end").isEqualTo(303);
  }

  @Test
  void R548_the_old_address_stops_a_change_with_the_notice_it_got() {
    var old = account.email();
    change("thief@example.com", Visits.PASSWORD);
    var owner = console.browser();
    owner.get(neighbour.link("ADDRESS_NOTICE", old));
    assertThat(owner.get("/link/cancel").body()).contains("Stop the change", "thief@example.com");
    assertThat(owner.submit("/link/cancel", "/link/cancel", Map.of()).statusCode()).isEqualTo(200);
    assertThat(console.browser().get(neighbour.link("ADDRESS_CONFIRM", "thief@example.com")))
        .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(410))
        .satisfies(answer -> assertThat(answer.body()).contains("This change was stopped"));
    assertThat(browser.get(PAGE).statusCode()).as("sessions end").isEqualTo(303);
  }

  @Test
  void a_link_works_in_the_browser_that_is_signed_in() {
    var wanted = "same-" + account.email();
    change(wanted, Visits.PASSWORD);
    browser.get(neighbour.link("ADDRESS_CONFIRM", wanted));
    assertThat(browser.submit("/link/confirm", "/link/confirm", Map.of()).statusCode())
        .isEqualTo(200);
    assertThat(browser.get(PAGE).body()).contains(wanted);
  }

  @Test
  void R548_a_wrong_password_changes_nothing_and_what_was_typed_is_kept() {
    var answer = change("kept@example.com", "wrong horse battery staple");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("value=\"kept@example.com\"", "The password is not right.")
        .doesNotContain("wrong horse", "must be confirmed");
    var malformed = change("no address", Visits.PASSWORD);
    assertThat(malformed.statusCode()).isEqualTo(422);
    assertThat(malformed.body()).contains("value=\"no address\"", "id=\"email-error\"");
  }

  @Test
  void R548_without_working_mail_the_page_says_why_and_what_works() {
    neighbour.forgetRelay();
    assertThat(browser.get(PAGE).body())
        .contains("No SMTP server is saved yet", "./postern account set-email " + account.email());
    var answer = change("kept@example.com", Visits.PASSWORD);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("value=\"kept@example.com\"");
    assertThat(neighbour.letters("ADDRESS_CONFIRM", "kept@example.com")).isEmpty();
  }

  @Test
  void a_change_can_be_given_up() {
    change("regretted@example.com", Visits.PASSWORD);
    browser.submit(PAGE, PAGE + "/withdraw", Map.of());
    assertThat(browser.get(PAGE).body()).doesNotContain("must be confirmed");
    assertThat(console.browser().get(neighbour.link("ADDRESS_CONFIRM", "regretted@example.com")))
        .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(410));
  }

  @Test
  void the_first_address_is_verified_by_a_letter() {
    neighbour.markUnverified(account);
    assertThat(browser.get(PAGE).body()).contains("not verified");
    browser.submit(PAGE, PAGE + "/verify", Map.of());
    var reader = console.browser();
    var page = reader.follow(reader.get(neighbour.link("ADDRESS_VERIFY", account.email())));
    assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(neighbour.reread(account).isEmailVerified()).isFalse();
    reader.submit("/link/verify", "/link/verify", Map.of());
    assertThat(neighbour.reread(account).isEmailVerified()).isTrue();
  }

  @Test
  void R561_a_new_password_ends_the_other_sessions_and_renews_this_one() {
    var other = signedIn(account.email());
    var before = browser.cookie("postern-session");
    var page = PAGE + "/password";
    var fields = Map.of("present", Visits.PASSWORD, "password", FRESH, "again", FRESH);
    assertThat(browser.submit(page, page, fields).statusCode()).isEqualTo(303);
    assertThat(browser.get(page).body()).contains("The password is changed");
    assertThat(browser.cookie("postern-session")).isNotEqualTo(before);
    assertThat(other.get(PAGE).statusCode()).isEqualTo(303);
    assertThat(Visits.signIn(console.browser(), account.email(), FRESH).statusCode())
        .isEqualTo(303);
  }

  @Test
  void a_password_that_is_refused_is_told_at_its_field() {
    var page = PAGE + "/password";
    var wrong =
        browser.submit(page, page, Map.of("present", "wrong", "password", FRESH, "again", FRESH));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("id=\"present-error\"").doesNotContain(FRESH);
    var weak =
        browser.submit(page, page, Map.of("present", "", "password", "short", "again", "other"));
    assertThat(weak.body())
        .contains("id=\"present-error\"", "id=\"password-error\"", "id=\"again-error\"");
  }

  @Test
  void sessions_are_listed_and_ended_one_by_one_and_all_but_this() {
    var page = PAGE + "/sessions";
    var other = signedIn(account.email());
    assertThat(other.get(page).body()).contains("this one", "End all others");
    var ends = END.matcher(browser.get(page).body());
    var own = "";
    while (ends.find()) {
      own = ends.group(1);
    }
    var stranger = neighbour.account(null, "x-" + account.email(), Visits.PASSWORD);
    signedIn(stranger.email()).submit(page, own, Map.of());
    assertThat(browser.get(page).statusCode()).as("a stranger ends nothing").isEqualTo(200);

    browser.submit(page, page + "/end-others", Map.of());
    assertThat(browser.get(page).body()).contains("There is no other session");
    assertThat(other.get(page).statusCode()).isEqualTo(303);
    var last = END.matcher(browser.get(page).body());
    assertThat(last.find()).isTrue();
    browser.submit(page, last.group(1), Map.of());
    assertThat(browser.get(page).statusCode()).as("signed out by it").isEqualTo(303);
  }

  private Browser signedIn(String email) {
    var fresh = console.browser();
    assertThat(Visits.signIn(fresh, email, Visits.PASSWORD).statusCode()).isEqualTo(303);
    return fresh;
  }

  private HttpResponse<String> change(String email, String password) {
    return browser.submit(PAGE, PAGE, Map.of("email", email, "password", password));
  }
}
