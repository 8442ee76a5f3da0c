package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import io.postern.console.api.TinyRelay;
import io.postern.console.outbox.MailState;
import io.postern.console.outbox.QueuedMail;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// on the running console: passkeys after the password, alone and again, and
/// recovery codes in their place.
final class PasskeysTest {
  /// The base URL decides, whatever port the tests got.
  private static final String ORIGIN = "http://localhost:8080";

  private static final String PAGE = "/system/account/passkeys";
  private static final String LOGIN = "/system/login";
  private static final String SECOND = LOGIN + "/second";
  private static final Pattern CODE = Pattern.compile("[0-9](?:[0-9a-z]{3})(?:-[0-9a-z]{4}){3}");

  @TempDir Path directory;
  private RunningConsole console;
  private Browser root;
  private SoftAuthenticator key;

  @BeforeEach
  void start() {
    console = RunningConsole.start(directory, Map.of("POSTERN_BASE_URL", ORIGIN));
    root = Visits.setUp(console);
    key = new SoftAuthenticator(ORIGIN, 1);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void R565_a_passkey_is_asked_for_after_the_password_and_signs_in_alone() {
    assertThat(register(root, key, "Laptop").statusCode()).isEqualTo(303);
    assertThat(root.get(PAGE).body())
        .contains("Laptop", "You have one passkey", "no recovery codes");

    var browser = console.browser();
    var half = Visits.signIn(browser, Visits.ROOT, Visits.PASSWORD);
    assertThat(half.headers().firstValue("Location")).hasValue(SECOND + "?to=%2Fsystem");
    assertThat(isSignedIn(browser)).isFalse();
    assertThat(browser.follow(half).body()).contains("Use a passkey", "Recovery code");
    assertThat(second(browser, key.sign(question(browser, SECOND))).statusCode()).isEqualTo(303);
    assertThat(isSignedIn(browser)).isTrue();

    var other = console.browser();
    assertThat(alone(other, key).headers().firstValue("Location")).hasValue("/system");
    assertThat(isSignedIn(other)).isTrue();
    assertThat(Trail.sentences(directory))
        .contains(
            "Added the passkey \"Laptop\"",
            "Signed in with the password and the passkey \"Laptop\"",
            "Signed in with the passkey \"Laptop\"");
  }

  @Test
  void R565_a_signature_counts_once_in_its_own_browser_and_in_time() {
    register(root, key, "Laptop");
    var browser = console.browser();
    browser.get(LOGIN);
    var answer = key.sign(question(browser, LOGIN));
    var thief = console.browser();
    assertThat(isSignedIn(sent(thief, answer))).as("another browser").isFalse();
    assertThat(isSignedIn(sent(browser, answer))).isTrue();
    browser.submit("/system", "/system/logout", Map.of());
    assertThat(isSignedIn(sent(browser, answer))).as("replayed").isFalse();

    browser.get(LOGIN);
    var late = key.sign(question(browser, LOGIN));
    console.pass(Challenges.LIFETIME);
    assertThat(isSignedIn(sent(browser, late))).as("too late").isFalse();
  }

  @Test
  void R565_origin_host_owner_and_counter_must_be_right() {
    register(root, key, "Laptop");
    key.origin = "https://evil.test";
    assertThat(isAloneGood()).as("origin").isFalse();
    key.origin = ORIGIN;
    key.rpId = "evil.test";
    assertThat(isAloneGood()).as("host").isFalse();
    key.rpId = "localhost";
    key.verifies = false;
    assertThat(isAloneGood()).as("owner not verified").isFalse();
    key.verifies = true;
    var handle = key.userHandle;
    key.userHandle = "c29tZWJvZHk";
    assertThat(isAloneGood()).as("user handle").isFalse();
    key.userHandle = handle;
    key.counter = 50;
    assertThat(isAloneGood()).isTrue();
    key.counter = 50;
    assertThat(isAloneGood()).as("counter").isFalse();
    key.counter = 10;
    assertThat(isAloneGood()).as("counter went back").isFalse();
    assertThat(Trail.sentences(directory))
        .contains("The counter of the passkey \"Laptop\" went back; it may be copied");
    var stranger = new SoftAuthenticator(ORIGIN, 1);
    stranger.userHandle = handle;
    stranger.counter = 100;
    assertThat(isSignedIn(loggedIn(stranger))).as("another key").isFalse();
  }

  @Test
  void R565_an_answer_to_one_question_answers_no_other() {
    register(root, key, "Laptop");
    var browser = console.browser();
    Visits.signIn(browser, Visits.ROOT, Visits.PASSWORD);
    var forLogin = key.sign(question(browser, LOGIN));
    assertThat(second(browser, forLogin).statusCode()).isEqualTo(401);
    var forSecond = key.sign(question(browser, SECOND));
    assertThat(isSignedIn(sent(browser, forSecond))).isFalse();
    assertThat(second(browser, forSecond).statusCode()).isEqualTo(303);
  }

  @Test
  void malformed_answers_are_refused_in_words() {
    register(root, key, "Laptop");
    for (var json :
        List.of(
            "",
            "{",
            "null",
            "[]",
            "{\"id\":\"x\"}",
            "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{}}",
            key.sign("{\"challenge\":\"AAAA\"}")
                .replace("authenticatorData\":\"", "authenticatorData\":\"!!"),
            "x".repeat(20_000))) {
      var answer = sentAnswer(console.browser(), json);
      assertThat(answer.statusCode()).as(json).isEqualTo(303);
      var added = new HashMap<>(Map.of("name", "x", "credential", json));
      added.put("_csrf", Browser.token(root.get(PAGE).body()));
      assertThat(root.post(PAGE, added).statusCode()).as(json).isEqualTo(422);
    }
  }

  @Test
  void R567_a_stale_session_needs_the_passkey_and_not_the_password() {
    register(root, key, "Laptop");
    console.pass(Duration.ofMinutes(16));
    var keys = "/system/account/passkeys/codes";
    var asked = root.submit(PAGE, keys, Map.of());
    assertThat(asked.statusCode()).isEqualTo(403);
    assertThat(asked.body()).contains("Continue with a passkey").doesNotContain("Password</label>");
    var byPassword = root.submit(PAGE, keys, Map.of("_password_again", Visits.PASSWORD));
    assertThat(byPassword.body()).contains("the password alone is not enough");
    var answer = key.sign(question(root, "/system/step-up"));
    var done = root.submit(PAGE, keys, Map.of("_passkey_again", answer));
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.body()).contains("Your recovery codes");
  }

  @Test
  void R548_address_and_password_need_the_passkey_too() {
    register(root, key, "Laptop");
    console.pass(Duration.ofMinutes(16));
    var page = "/system/account/password";
    var fresh = "another horse battery entirely";
    var fields = Map.of("present", Visits.PASSWORD, "password", fresh, "again", fresh);
    assertThat(root.submit(page, page, fields).statusCode()).isEqualTo(403);
    var all = new HashMap<>(fields);
    all.put("_passkey_again", key.sign(question(root, "/system/step-up")));
    assertThat(root.submit(page, page, all).statusCode()).isEqualTo(303);
  }

  @Test
  void R565_a_recovery_code_works_once_in_place_of_the_passkey() {
    register(root, key, "Laptop");
    var codes = codes();
    assertThat(codes).hasSize(RecoveryCodes.CODES).doesNotHaveDuplicates();
    var browser = console.browser();
    assertThat(code(browser, codes.get(3).toUpperCase(java.util.Locale.ROOT)).statusCode())
        .isEqualTo(303);
    assertThat(browser.get(PAGE).body()).contains("recovery code; 9 are left", "9 codes are left");
    var again = console.browser();
    assertThat(code(again, codes.get(3)).statusCode()).as("twice").isEqualTo(401);
    assertThat(isSignedIn(again)).isFalse();
    var fresh = codes();
    assertThat(code(console.browser(), codes.get(4)).statusCode()).as("replaced").isEqualTo(401);
    assertThat(code(console.browser(), fresh.get(4)).statusCode()).isEqualTo(303);
    assertThat(Trail.sentences(directory))
        .contains("Signed in with the password and a recovery code; 9 are left");
  }

  @Test
  void R565_the_owner_is_told_of_each_way_in_even_while_the_mail_server_is_down() throws Exception {
    try (var neighbour = new Neighbour(console, directory)) {
      register(root, key, "Before any relay");
      assertThat(notices(neighbour)).as("nothing to send it by").isEmpty();
      try (var relay = new TinyRelay()) {
        neighbour.save(relay);
      }

      register(root, new SoftAuthenticator(ORIGIN, 2), "Laptop");
      assertThat(notices(neighbour)).hasSize(1);
      var codes = codes();
      assertThat(notices(neighbour)).hasSize(2);
      assertThat(code(console.browser(), codes.get(3)).statusCode()).isEqualTo(303);
      assertThat(notices(neighbour)).hasSize(3);
      assertThat(code(console.browser(), codes.get(3)).statusCode()).isEqualTo(401);
      assertThat(notices(neighbour))
          .as("a code that is used up is no way in")
          .hasSize(3)
          .allSatisfy(mail -> assertThat(mail.state()).isNotEqualTo(MailState.DELIVERED));
    }
  }

  @Test
  void R547_a_reset_signs_nobody_in_keeps_the_passkey_demanded_and_ends_every_session()
      throws Exception {
    var email = "ada@example.com";
    var fresh = "purple monkey dishwasher lamp";
    try (var neighbour = new Neighbour(console, directory);
        var relay = new TinyRelay()) {
      neighbour.save(relay);
      neighbour.account(null, email, Visits.PASSWORD);
      var first = console.browser();
      Visits.signIn(first, email, Visits.PASSWORD);
      register(first, key, "Laptop");
      var second = loggedIn(key);
      assertThat(isSignedIn(first)).isTrue();
      assertThat(isSignedIn(second)).isTrue();

      console.browser().submit("/system/forgot", "/system/forgot", Map.of("email", email));
      var reader = console.browser();
      reader.get(neighbour.link("PASSWORD_RESET", email));
      var reset = Map.of("password", fresh, "again", fresh);
      var done = reader.submit("/link/reset", "/link/reset", reset);

      assertThat(done.headers().firstValue("Location")).hasValue(LOGIN);
      assertThat(isSignedIn(reader)).as("the reset itself").isFalse();
      assertThat(isSignedIn(first)).isFalse();
      assertThat(isSignedIn(second)).isFalse();
      assertThat(Visits.signIn(console.browser(), email, Visits.PASSWORD).statusCode())
          .isEqualTo(401);
      var half = Visits.signIn(reader, email, fresh);
      assertThat(half.headers().firstValue("Location")).hasValue(SECOND + "?to=%2Fsystem");
      assertThat(isSignedIn(reader)).as("the new password alone").isFalse();
      assertThat(second(reader, key.sign(question(reader, SECOND))).statusCode()).isEqualTo(303);
      assertThat(isSignedIn(reader)).isTrue();
      assertThat(isAloneGood()).as("the passkey is the same").isTrue();
    }
  }

  private static List<QueuedMail> notices(Neighbour neighbour) {
    return neighbour.letters("ACCOUNT_NOTICE", Visits.ROOT);
  }

  @Test
  void R563_recovery_codes_cannot_be_guessed_by_the_hour() {
    register(root, key, "Laptop");
    var codes = codes();
    var browser = console.browser();
    Visits.signIn(browser, Visits.ROOT, Visits.PASSWORD);
    for (var guess = 0; guess < RecoveryCodes.TRIES_PER_HOUR_MAX; guess++) {
      assertThat(browser.submit(SECOND, SECOND, Map.of("code", "0000")).statusCode())
          .isEqualTo(401);
    }
    assertThat(browser.submit(SECOND, SECOND, Map.of("code", codes.get(0))).body())
        .contains("Too many recovery codes");
    assertThat(second(browser, key.sign(question(browser, SECOND))).statusCode())
        .as("the passkey still works")
        .isEqualTo(303);
  }

  @Test
  void a_second_passkey_is_renamed_and_removed_and_the_last_one_ends_the_codes() {
    register(root, key, "Laptop");
    codes();
    var spare = new SoftAuthenticator(ORIGIN, 2);
    register(root, spare, "Spare");
    assertThat(root.get(PAGE).body()).contains("Laptop", "Spare").doesNotContain("You have one");
    var page = onePage("Spare");
    root.submit(page, page + "/rename", Map.of("name", "Key ring"));
    assertThat(root.get(PAGE).body()).contains("Key ring").doesNotContain("Spare");
    root.submit(page, page + "/remove", Map.of());
    assertThat(isSignedIn(loggedIn(spare))).isFalse();
    page = onePage("Laptop");
    assertThat(root.get(page).body()).contains("your last passkey");
    root.submit(page, page + "/remove", Map.of());
    var browser = console.browser();
    assertThat(
            Visits.signIn(browser, Visits.ROOT, Visits.PASSWORD).headers().firstValue("Location"))
        .hasValue("/system");
    assertThat(root.get(PAGE).body()).doesNotContain("Recovery codes</h2>");
  }

  @Test
  void the_first_passkey_ends_what_the_password_alone_opened() {
    var other = console.browser();
    Visits.signIn(other, Visits.ROOT, Visits.PASSWORD);
    register(root, key, "Laptop");
    assertThat(isSignedIn(other)).isFalse();
    assertThat(isSignedIn(root)).isTrue();
  }

  @Test
  void R563_ten_thousand_wrong_sign_ins_lock_no_passkey_holder_out() {
    register(root, key, "Laptop");
    try (var neighbour = new Neighbour(console, directory)) {
      neighbour.failSignIns(Visits.ROOT, 10_000);
    }
    assertThat(Visits.signIn(console.browser(), Visits.ROOT, Visits.PASSWORD).statusCode())
        .as("the password path is closed")
        .isEqualTo(429);
    assertThat(isAloneGood()).as("the passkey opens").isTrue();
  }

  @Test
  void a_stolen_session_is_ended_by_its_owner_and_changes_no_relay_without_a_fresh_factor() {
    register(root, key, "Laptop");
    var thief = console.browser();
    thief.setCookie("postern-session", root.cookie("postern-session"));
    console.pass(Duration.ofMinutes(16));
    var smtp = "/system/administration/smtp";
    var saved =
        thief.submit(
            smtp,
            smtp,
            Map.of(
                "action", "save",
                "smtpServer", "relay.evil.test",
                "smtpPort", "587",
                "connectionSecurity", "starttls",
                "fromEmailId", "thief@evil.test",
                "version", "0",
                "_password_again", Visits.PASSWORD));
    assertThat(saved.statusCode()).isEqualTo(403);
    var owner = loggedIn(key);
    owner.submit("/system/account/sessions", "/system/account/sessions/end-others", Map.of());
    assertThat(isSignedIn(thief)).isFalse();
    assertThat(owner.get(smtp).body()).doesNotContain("relay.evil.test");
  }

  private HttpResponse<String> register(Browser browser, SoftAuthenticator made, String name) {
    var options = browser.get(PAGE + "/question").body();
    assertThat(SoftAuthenticator.rpIdOf(options)).isEqualTo("localhost");
    return browser.submit(PAGE, PAGE, Map.of("name", name, "credential", made.create(options)));
  }

  private static String question(Browser browser, String page) {
    var answer = browser.get(page + "/passkey");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> alone(Browser browser, SoftAuthenticator made) {
    browser.get(LOGIN);
    return sentAnswer(browser, made.sign(question(browser, LOGIN)));
  }

  private Browser loggedIn(SoftAuthenticator made) {
    var browser = console.browser();
    alone(browser, made);
    return browser;
  }

  private boolean isAloneGood() {
    return isSignedIn(loggedIn(key));
  }

  private static HttpResponse<String> sentAnswer(Browser browser, String json) {
    return browser.submit(LOGIN, LOGIN + "/passkey", Map.of("credential", json));
  }

  private static Browser sent(Browser browser, String json) {
    sentAnswer(browser, json);
    return browser;
  }

  private static HttpResponse<String> second(Browser browser, String json) {
    return browser.submit(SECOND, SECOND, Map.of("credential", json));
  }

  private static HttpResponse<String> code(Browser browser, String code) {
    Visits.signIn(browser, Visits.ROOT, Visits.PASSWORD);
    return browser.submit(SECOND, SECOND, Map.of("code", code));
  }

  private List<String> codes() {
    var body = root.submit(PAGE, PAGE + "/codes", Map.of()).body();
    var found = CODE.matcher(body.substring(body.indexOf("<pre")));
    var codes = new ArrayList<String>();
    while (found.find()) {
      codes.add(found.group());
    }
    return codes;
  }

  private String onePage(String name) {
    var found =
        Pattern.compile("href=\"(" + PAGE + "/[0-9a-f]+)\" aria-label=\"Rename or remove " + name)
            .matcher(root.get(PAGE).body());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static boolean isSignedIn(Browser browser) {
    return browser.get("/system/step-up").statusCode() == 200;
  }
}
