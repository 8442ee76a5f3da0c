package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// API keys: made on the console's page, used, revoked; and what each scope opens.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeysTest {
  private static final String PAGE = KeyPages.PATH;
  private static final Pattern SHOWN = Pattern.compile("id=\"key\" value=\"(postern_key_[^\"]+)\"");
  private static final Pattern REVOKE =
      Pattern.compile("action=\"(" + PAGE + "/[0-9a-f]+/revoke)\"");

  private RunningConsole console;
  private Browser browser;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    console = Root.console(directory);
  }

  @BeforeEach
  void signIn() {
    browser = console.browser();
    var answer =
        browser.submit(
            "/system/login",
            "/system/login",
            Map.of("email", Root.EMAIL, "password", Root.PASSWORD));
    assertThat(answer.statusCode()).isEqualTo(303);
    revokeAll();
  }

  @AfterAll
  void stop() {
    console.close();
  }

  @Test
  void a_key_is_shown_once_and_opens_what_its_scope_says() {
    var key = make("billing", "smtp:read", "90");
    assertThat(browser.get(PAGE).body())
        .contains("billing", "smtp:read", key.substring(0, 16))
        .doesNotContain(key);
    assertThat(call(key).get(SmtpConfigCalls.PATH).status()).isEqualTo(200);
    var other = call(key).get("/v1/mails");
    assertThat(other.problem()).isEqualTo("403 scope-missing");
    assertThat(other.at("/details/scopes")).isEqualTo("[\"mails:read\"]");
    assertThat(browser.get(PAGE).body()).as("last used").contains("<time");
  }

  /// For programs that can send no other header.
  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", ""})
  void a_key_opens_the_same_where_a_token_would_stand(String before) {
    var key = make("scraper", "smtp:read", "30");
    var caller = ApiClient.anonymous(console).with("Authorization", before + key);
    assertThat(caller.get(SmtpConfigCalls.PATH).status()).isEqualTo(200);
    assertThat(caller.get("/v1/mails").problem()).isEqualTo("403 scope-missing");
    revokeAll();
    assertThat(caller.get(SmtpConfigCalls.PATH).problem()).isEqualTo("401 not-signed-in");
  }

  @Test
  void a_revoked_key_opens_nothing() {
    var key = make("short-lived", "smtp:read", "30");
    revokeAll();
    assertThat(call(key).get(SmtpConfigCalls.PATH).problem()).isEqualTo("401 not-signed-in");
  }

  @ParameterizedTest
  @CsvSource({"30", "90", "365"})
  void a_key_ends_on_its_day(int days) {
    var key = make("ends", "smtp:read", String.valueOf(days));
    console.pass(Duration.ofDays(days).minusMinutes(1));
    assertThat(call(key).get(SmtpConfigCalls.PATH).status()).isEqualTo(200);
    console.pass(Duration.ofMinutes(1));
    assertThat(call(key).get(SmtpConfigCalls.PATH).status()).isEqualTo(401);
  }

  @Test
  void a_key_may_last_for_ever_and_needs_no_step_up() {
    var key = make("for ever", "tenants:write", "never");
    console.pass(Duration.ofDays(4_000));
    assertThat(call(key).delete("/v1/tenants/0123").problem()).isEqualTo("404 tenant-not-found");
  }

  @Test
  void R567_an_old_session_makes_no_key() {
    console.pass(Duration.ofMinutes(15));
    var answer =
        browser.submit(PAGE, PAGE, Map.of("name", "x", "scope", "smtp:read", "lifetime", "30"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).doesNotContain("postern_key_").contains("Enter your password again");
  }

  @Test
  void R562_a_key_is_made_only_with_the_token_of_the_form() {
    var answer = browser.post(PAGE, Map.of("name", "x", "scope", "smtp:read", "lifetime", "30"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(browser.get(PAGE).body()).doesNotContain("/revoke");
  }

  @ParameterizedTest
  @CsvSource({
    "'',smtp:read,30,422",
    "x,smtp:read,30,200",
    "x,'',30,422",
    "x,smtp:everything,30,422",
    "x,smtp:read,31,422",
    "x,smtp:read,'',422"
  })
  void a_form_that_lacks_something_comes_back(
      String name, String scope, String lifetime, int status) {
    assertThat(submit(name, scope, lifetime).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"128,200", "129,422"})
  void a_name_has_up_to_128_characters(int length, int status) {
    assertThat(submit("n".repeat(length), "smtp:read", "30").statusCode()).isEqualTo(status);
  }

  @Test
  void an_account_has_up_to_20_keys() {
    for (var number = 0; number < ApiKeys.KEYS_MAX; number++) {
      make("key " + number, "smtp:read", "30");
    }
    var answer = submit("one more", "smtp:read", "30");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("You have 20 keys", "Revoke one first");
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void a_scope_opens_exactly_the_calls_that_name_it(Scope scope) {
    var caller = call(make("scope", scope.word(), "30"));
    for (var call : Calls.all()) {
      var needs = call.needs();
      var answer = ask(caller, call);
      var code = answer.status() == 403 ? answer.at("/code") : "open";
      if (call.isOpen()) {
        assertThat(code).as(call.toString()).isEqualTo("open");
      } else if (needs == null) {
        assertThat(code).as(call.toString()).isEqualTo("token-needed");
      } else {
        var named = List.of(needs.value());
        assertThat(code)
            .as(call + " with " + scope)
            .isEqualTo(named.isEmpty() || named.contains(scope) ? "open" : "scope-missing");
      }
    }
  }

  @Test
  void without_a_sign_in_every_call_is_closed() {
    for (var call : Calls.all()) {
      if (!call.isOpen()) {
        var answer = ask(ApiClient.anonymous(console), call);
        assertThat(answer.problem()).as(call.toString()).isEqualTo("401 not-signed-in");
      }
    }
  }

  private static ApiClient.Answer ask(ApiClient caller, Calls.Call call) {
    var path = call.path().replaceAll("\\{[a-zA-Z]+}", "0123");
    return caller.with("Content-Type", "application/json").send(call.verb(), path, "{}");
  }

  private ApiClient call(String key) {
    return ApiClient.anonymous(console).with("ApiKey", key);
  }

  private String make(String name, String scope, String lifetime) {
    var answer = submit(name, scope, lifetime);
    var shown = SHOWN.matcher(answer.body());
    assertThat(shown.find()).as(answer.body()).isTrue();
    return shown.group(1);
  }

  private java.net.http.HttpResponse<String> submit(String name, String scope, String lifetime) {
    return browser.submit(PAGE, PAGE, Map.of("name", name, "scope", scope, "lifetime", lifetime));
  }

  private void revokeAll() {
    var page = browser.get(PAGE).body();
    var found = REVOKE.matcher(page);
    while (found.find()) {
      assertThat(browser.post(found.group(1), Map.of("_csrf", Browser.token(page))).statusCode())
          .isEqualTo(303);
    }
  }
}
