package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who gets a token, for how long, and how requests without a good one are answered.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ApiSignInTest {
  private static final String PATH = SmtpConfigCalls.PATH;
  private RunningConsole console;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    console = Root.console(directory);
  }

  @AfterAll
  void stop() {
    console.close();
  }

  @Test
  void a_password_gives_a_token_in_the_shape_of_the_model() {
    var answer =
        ApiClient.anonymous(console)
            .post(
                "/v1/auth/syslogin",
                "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(Root.EMAIL, Root.PASSWORD));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().propertyNames())
        .containsExactly(
            "Authorization", "IsEmailSet", "IsEmailVerified", "IsMfa", "IsPasswordReset");
    var token = answer.at("/Authorization");
    for (var header : new String[] {token, "Bearer " + token, "bearer " + token}) {
      var caller = ApiClient.anonymous(console).with("Authorization", header);
      assertThat(caller.get(PATH).status()).as(header).isEqualTo(200);
    }
  }

  @Test
  void a_wrong_password_and_an_unknown_account_are_told_alike() {
    var wrong = login("\"" + Root.EMAIL + "\"", "\"wrong\"");
    var unknown = login("\"nobody@example.com\"", "\"wrong\"");
    assertThat(wrong.problem()).isEqualTo("401 wrong-password").isEqualTo(unknown.problem());
    assertThat(wrong.at("/message")).isEqualTo(unknown.at("/message"));
  }

  @Test
  void guessing_is_slowed_down() {
    for (var guess = 0; guess < 3; guess++) {
      assertThat(login("\"guessed@example.com\"", "\"wrong\"").status()).isEqualTo(401);
    }
    var slowed = login("\"guessed@example.com\"", "\"wrong\"");
    assertThat(slowed.problem()).isEqualTo("429 too-many-tries");
    assertThat(slowed.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void what_lacks_is_named() {
    var answer = login("\"\"", "null");
    assertThat(answer.problem()).isEqualTo("422 invalid-fields");
    assertThat(answer.json().at("/details/fields").propertyNames())
        .containsExactlyInAnyOrder("username", "password");
    assertThat(login("\"" + "a".repeat(321) + "\"", "\"x\"").status()).isEqualTo(422);
    assertThat(login("\"" + "a".repeat(320) + "\"", "\"x\"").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "nonsense", "Basic cm9vdDpyb290", "' or 1=1 --"})
  void without_a_good_token_nothing_is_answered(String header) {
    var answer = ApiClient.anonymous(console).with("Authorization", header).get(PATH);
    assertThat(answer.problem()).isEqualTo("401 not-signed-in");
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @Test
  void R562_a_session_cookie_opens_no_call() {
    var browser = console.browser();
    browser.submit(
        "/system/login",
        "/system/login",
        java.util.Map.of("email", Root.EMAIL, "password", Root.PASSWORD));
    assertThat(browser.cookie("postern-session")).isNotEmpty();
    assertThat(browser.get(PATH).statusCode()).isEqualTo(401);
  }

  @Test
  void a_token_and_a_key_together_are_refused() {
    var both = Root.client(console).with("ApiKey", "postern_key_x");
    var refused = both.get(PATH);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.at("/message")).contains("or both were sent: send one of them");
  }

  @Test
  void R561_a_token_ends_after_an_idle_hour() {
    var root = Root.client(console);
    console.pass(Duration.ofMinutes(59));
    assertThat(root.get(PATH).status()).isEqualTo(200);
    console.pass(Duration.ofMinutes(59));
    assertThat(root.get(PATH).status()).isEqualTo(200);
    console.pass(Duration.ofMinutes(60));
    assertThat(root.get(PATH).status()).isEqualTo(401);
  }

  @Test
  void R561_a_token_ends_eight_hours_after_it_was_given_however_busy() {
    var root = Root.client(console);
    for (var half = 0; half < 15; half++) {
      console.pass(Duration.ofMinutes(30));
      assertThat(root.get(PATH).status()).isEqualTo(200);
    }
    console.pass(Duration.ofMinutes(30));
    assertThat(root.get(PATH).status()).isEqualTo(401);
  }

  @Test
  void R561_the_hundred_and_first_token_ends_the_oldest_and_no_other() {
    // What other tests left is older, and has ended.
    console.pass(Duration.ofHours(8));
    var clients = new ArrayList<ApiClient>();
    for (var number = 0; number < ApiTokens.LIVING_MAX; number++) {
      console.pass(Duration.ofMillis(1));
      clients.add(Root.client(console));
    }
    assertThat(clients).hasSize(100);
    assertThat(clients.getFirst().get(PATH).status()).as("at the limit").isEqualTo(200);

    console.pass(Duration.ofMillis(1));
    clients.add(Root.client(console));

    var ended = clients.getFirst().get(PATH);
    assertThat(ended.problem()).isEqualTo("401 not-signed-in");
    assertThat(ended.at("/message")).contains("many times since", "use an API key");
    assertThat(clients.subList(1, clients.size()))
        .allMatch(client -> client.get(PATH).status() == 200);
  }

  private ApiClient.Answer login(String name, String password) {
    return ApiClient.anonymous(console)
        .post("/v1/auth/syslogin", "{\"username\":%s,\"password\":%s}".formatted(name, password));
  }
}
