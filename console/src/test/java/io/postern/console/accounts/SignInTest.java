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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// on the running console.
final class SignInTest {
  private static final String WRONG = "wrong horse battery staple";

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
  void R561_an_identifier_from_before_sign_in_opens_nothing_after_it() {
    var browser = console.browser();
    browser.setCookie("postern-session", "planted-by-somebody-else");
    Visits.signIn(browser, Visits.ROOT, Visits.PASSWORD);

    assertThat(browser.cookie("postern-session")).isNotEqualTo("planted-by-somebody-else");
    var thief = console.browser();
    thief.setCookie("postern-session", "planted-by-somebody-else");
    assertThat(isSignedIn(thief)).isFalse();
    assertThat(isSignedIn(browser)).isTrue();
  }

  @Test
  void R561_signing_in_again_ends_the_session_before() {
    var before = root.cookie("postern-session");
    root.post(
        "/system/login",
        Map.of(
            "_csrf", token(root),
            "email", Visits.ROOT,
            "password", Visits.PASSWORD));
    var old = console.browser();
    old.setCookie("postern-session", before);
    assertThat(isSignedIn(old)).isFalse();
    assertThat(isSignedIn(root)).isTrue();
  }

  @Test
  void R561_a_session_ends_after_an_idle_hour() {
    console.pass(Duration.ofMinutes(59));
    assertThat(isSignedIn(root)).isTrue();
    console.pass(Duration.ofMinutes(59));
    assertThat(isSignedIn(root)).isTrue();
    console.pass(Duration.ofMinutes(60));
    assertThat(isSignedIn(root)).isFalse();
  }

  @Test
  void R561_a_session_ends_eight_hours_after_sign_in_however_busy() {
    for (var half = 0; half < 15; half++) {
      console.pass(Duration.ofMinutes(30));
      assertThat(isSignedIn(root)).isTrue();
    }
    console.pass(Duration.ofMinutes(30));
    assertThat(isSignedIn(root)).isFalse();
  }

  @Test
  void R561_log_out_ends_the_session_on_the_server() {
    var id = root.cookie("postern-session");
    var answer = root.post("/system/logout", Map.of("_csrf", token(root)));
    assertThat(answer.headers().firstValue("Location")).hasValue("/system/login");
    var thief = console.browser();
    thief.setCookie("postern-session", id);
    assertThat(isSignedIn(thief)).isFalse();
  }

  @Test
  void
      R561_a_browser_forgets_what_it_kept_when_its_session_ends_here_and_nothing_else_of_the_domain() {
    var kept = "\"cache\", \"storage\"";
    assertThat(root.get("/system/accounts").headers().firstValue("Clear-Site-Data")).isEmpty();
    var left = root.post("/system/logout", Map.of("_csrf", token(root)));
    assertThat(left.headers().firstValue("Clear-Site-Data")).hasValue(kept);

    Visits.signIn(root, Visits.ROOT, Visits.PASSWORD);
    var page = root.get("/system/account/sessions").body();
    var end = page.replaceAll("(?s).*action=\"([^\"]*/end)\".*", "$1");
    var ended = root.post(end, Map.of("_csrf", Browser.token(page)));
    assertThat(ended.headers().firstValue("Clear-Site-Data")).hasValue(kept);
    assertThat(isSignedIn(root)).isFalse();
  }

  @Test
  void R561_the_session_cookie_is_kept_from_scripts_and_other_sites() {
    var browser = console.browser();
    var answer = Visits.signIn(browser, Visits.ROOT, Visits.PASSWORD);
    assertThat(answer.headers().allValues("Set-Cookie"))
        .anySatisfy(cookie ->
            assertThat(cookie)
                .startsWith("postern-session=")
                .contains("HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Domain", "Max-Age"));
  }

  @Test
  void R562_a_form_token_dies_with_its_session() {
    var old = token(root);
    root.post("/system/logout", Map.of("_csrf", old));
    Visits.signIn(root, Visits.ROOT, Visits.PASSWORD);
    assertThat(root.post("/system/logout", Map.of("_csrf", old)).statusCode()).isEqualTo(403);
    assertThat(isSignedIn(root)).isTrue();
  }

  @Test
  void R563_words_are_the_same_for_known_and_unknown_accounts() {
    var known = Visits.signIn(console.browser(), Visits.ROOT, WRONG);
    var unknown = Visits.signIn(console.browser(), "nobody@example.com", WRONG);
    assertThat(known.statusCode()).isEqualTo(401);
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(error(known.body())).isEqualTo(error(unknown.body())).contains("is not right");
  }

  @ParameterizedTest
  @ValueSource(strings = {Visits.ROOT, "nobody@example.com", "ROOT@EXAMPLE.COM"})
  void R563_tries_after_the_third_wait_twice_as_long_each_time(String email) {
    var browser = console.browser();
    for (var failure = 0; failure < Throttle.FREE_TRIES; failure++) {
      assertThat(Visits.signIn(browser, email, WRONG).statusCode()).isEqualTo(401);
    }
    for (var seconds : new int[] {1, 2, 4, 8, 16}) {
      var early = Visits.signIn(browser, email, Visits.PASSWORD);
      assertThat(early.statusCode()).isEqualTo(429);
      assertThat(early.headers().firstValue("Retry-After")).contains(String.valueOf(seconds));
      assertThat(early.body())
          .contains("Wait " + seconds + (seconds == 1 ? " second," : " seconds,"));
      console.pass(Duration.ofSeconds(seconds));
      assertThat(Visits.signIn(browser, email, WRONG).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void who_came_by_the_setup_link_has_signed_in_with_it() {
    assertThat(root.get("/system/accounts").body()).contains(Visits.ROOT).doesNotContain(">never<");
  }

  @Test
  void R563_the_right_password_starts_counting_anew() {
    var browser = console.browser();
    Visits.signIn(browser, Visits.ROOT, WRONG);
    Visits.signIn(browser, Visits.ROOT, WRONG);
    assertThat(Visits.signIn(browser, Visits.ROOT, Visits.PASSWORD).statusCode()).isEqualTo(303);
    var other = console.browser();
    for (var failure = 0; failure < Throttle.FREE_TRIES; failure++) {
      assertThat(Visits.signIn(other, Visits.ROOT, WRONG).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void the_way_back_leads_only_to_pages_of_ours() {
    for (var to :
        new String[] {
          "//evil.test", "https://evil.test", "/\\evil.test", "/%0d%0aSet-Cookie:x", "x"
        }) {
      var browser = console.browser();
      var answer =
          browser.submit(
              "/system/login",
              "/system/login",
              Map.of("email", Visits.ROOT, "password", Visits.PASSWORD, "to", to));
      assertThat(answer.headers().firstValue("Location").orElseThrow())
          .as(to)
          .satisfiesAnyOf(
              location -> assertThat(location).isEqualTo("/system"),
              location -> assertThat(location).isEqualTo("/%0d%0aSet-Cookie:x"));
      assertThat(answer.headers().firstValue("Set-Cookie").orElse("")).doesNotStartWith("x");
    }
  }

  private boolean isSignedIn(Browser browser) {
    return browser.get("/system/step-up").statusCode() == 200;
  }

  private static String token(Browser browser) {
    return Browser.token(browser.get("/system/step-up").body());
  }

  private static String error(String page) {
    var start = page.indexOf("role=\"alert\"");
    return start < 0 ? "" : page.substring(start, page.indexOf("</p>", start));
  }
}
