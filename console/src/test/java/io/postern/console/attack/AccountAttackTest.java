package io.postern.console.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.Eventually;
import io.postern.console.accounts.Visits;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Accounts, their letters and their sessions: F-417 and F-418 of `docs/security/attacks.md`.
final class AccountAttackTest extends OneTarget {
  private static final String FORGOT = "/system/forgot";
  private static final String SESSION = "postern-session";
  private static final String FRESH = "purple monkey dishwasher lamp";
  private static final Pattern LINK = Pattern.compile("https?://\\S+(/link/[0-9a-f]+/\\S+)");
  private static final int AT_ONCE = 16;

  private Villain mailbox;

  @BeforeAll
  void listen() {
    mailbox = Villain.saying(Map.of());
    target.relayTo(mailbox);
  }

  @AfterAll
  void hangUp() {
    mailbox.close();
  }

  /// CVE-2026-86055 (Part-DB), CVE-2026-26747 (Monica): the link in the letter leads to the host
  /// that the request named.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "X-Forwarded-Host: evil.example",
        "Forwarded: host=evil.example;proto=https",
        "X-Forwarded-Server: evil.example",
        "X-Original-Host: evil.example"
      })
  void R544_f417_no_request_says_where_the_link_in_a_letter_leads(String header)
      throws IOException {
    var email = "host%d@example.com".formatted(header.hashCode() & 0xFFFF);
    activated(email);
    var before = letters(email).size();
    posted(FORGOT, "email=" + email, header);
    posted(FORGOT, "email=" + email, "X-Nothing: at all");
    Eventually.until(() -> letters(email).size() > before);
    assertThat(letters(email)).noneMatch(letter -> letter.contains("evil.example"));
    assertThat(letters(email).getLast()).contains("http://localhost:0/link/");
  }

  /// CVE-2023-7028 (GitLab): a second address in the request gets the letter too.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "email=%s&email=thief@evil.example",
        "email=thief@evil.example&email=%s",
        "email[]=%s&email[]=thief@evil.example",
        "email=%s,thief@evil.example",
        "email=%s%%00thief@evil.example",
        "email=%s%%0d%%0aCc:thief@evil.example"
      })
  void R546_f417_a_reset_goes_to_the_address_of_the_account_only(String form) throws IOException {
    var email = "array%d@example.com".formatted(form.hashCode() & 0xFFFF);
    activated(email);
    posted(FORGOT, form.formatted(email), "X-Nothing: at all");
    var marker = "marker%d@example.com".formatted(form.hashCode() & 0xFFFF);
    activated(marker);
    posted(FORGOT, "email=" + marker, "X-Nothing: at all");
    Eventually.until(() -> letters(marker).size() > 1);
    assertThat(mailbox.heard()).noneMatch(line -> line.contains("evil"));
    assertThat(mailbox.messages()).noneMatch(letter -> letter.contains("evil.example"));
  }

  /// CVE-2026-18963 (Keycloak): the new password is set without the link.
  @Test
  void R540_f417_nobody_sets_a_password_without_the_link() {
    var email = "without@example.com";
    activated(email);
    var thief = target.console().browser();
    thief.submit(FORGOT, FORGOT, Map.of("email", email));
    Eventually.until(() -> letters(email).size() > 1);
    var token = Browser.token(thief.get("/system/login").body());
    for (var path : List.of("/link/reset", "/link/activate", "/link/verify", "/link/confirm")) {
      for (var cookie : List.of("", "postern-link", SESSION)) {
        if (!cookie.isEmpty()) {
          thief.setCookie(cookie, "made-up");
        }
        var answer = thief.post(path, passwords(token));
        assertThat(answer.statusCode()).as(path + answer.body()).isIn(303, 403, 404, 405, 410);
      }
    }
    assertThat(signIn(email, FRESH).statusCode()).isEqualTo(401);
    assertThat(signIn(email, Visits.PASSWORD).statusCode()).isEqualTo(303);
  }

  /// CVE-2026-73431 (vulnerability-lookup): a link that was used works again; CVE-2025-7365
  /// (Keycloak): the session of somebody else is signed in by it.
  @Test
  void R541_f417_a_link_works_once_and_signs_nobody_in() {
    var email = "once@example.com";
    activated(email);
    var owner = target.console().browser();
    owner.submit(FORGOT, FORGOT, Map.of("email", email));
    Eventually.until(() -> letters(email).size() > 1);
    var link = link(letters(email).getLast());
    var page = owner.follow(owner.get(link)).body();
    var thief = target.console().browser();
    var stolen = thief.follow(thief.get(link)).body();
    assertThat(owner.post("/link/reset", passwords(Browser.token(page))).statusCode())
        .isEqualTo(303);
    assertThat(owner.cookie(SESSION)).isEmpty();
    var late = thief.post("/link/reset", passwords(Browser.token(stolen)));
    assertThat(late.statusCode()).isIn(403, 410);
    assertThat(thief.get(link).statusCode()).isEqualTo(410);
    assertThat(thief.cookie(SESSION)).isEmpty();
  }

  /// CVE-2026-1035 (Keycloak): of many who use a link at once more than one gets through.
  @Test
  void R541_f418_of_many_who_use_a_link_at_once_one_gets_through() throws Exception {
    var email = "race@example.com";
    var link = invited(email);
    var browsers = IntStream.range(0, AT_ONCE).mapToObj(_ -> target.console().browser()).toList();
    var tokens =
        browsers.stream()
            .map(browser -> Browser.token(browser.follow(browser.get(link)).body()))
            .toList();
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<Integer>>();
      for (var number = 0; number < AT_ONCE; number++) {
        var browser = browsers.get(number);
        var fields = passwords(tokens.get(number));
        running.add(threads.submit(() -> browser.post("/link/activate", fields).statusCode()));
      }
      for (var each : running) {
        statuses.add(each.get());
      }
    }
    assertThat(statuses).containsOnlyOnce(303);
    assertThat(statuses).filteredOn(status -> status == 410).hasSize(AT_ONCE - 1);
  }

  /// CVE-2026-7507 (Keycloak): who planted the identifier is signed in with whoever signs in.
  @Test
  void R561_f418_a_planted_session_opens_nothing() {
    var victim = target.console().browser();
    victim.setCookie(SESSION, "planted-by-somebody-else");
    Visits.signIn(victim, Visits.ROOT, Visits.PASSWORD);
    assertThat(victim.get("/system/accounts").statusCode()).isEqualTo(200);
    var thief = target.console().browser();
    thief.setCookie(SESSION, "planted-by-somebody-else");
    assertThat(thief.get("/system/accounts").statusCode()).isEqualTo(303);
    var first = victim.cookie(SESSION);
    victim.post(
        "/system/login",
        Map.of(
            "_csrf", Browser.token(victim.get("/system/step-up").body()),
            "email", Visits.ROOT,
            "password", Visits.PASSWORD));
    thief.setCookie(SESSION, first);
    assertThat(thief.get("/system/accounts").statusCode()).as("the one before").isEqualTo(303);
  }

  private static Map<String, String> passwords(String token) {
    return Map.of("password", FRESH, "again", FRESH, "_csrf", token);
  }

  private HttpResponse<String> signIn(String email, String password) {
    return Visits.signIn(target.console().browser(), email, password);
  }

  /// An account whose owner followed the link in its letter.
  private void activated(String email) {
    var link = invited(email);
    var owner = target.console().browser();
    var page = owner.follow(owner.get(link)).body();
    var done =
        owner.post(
            "/link/activate",
            Map.of(
                "password", Visits.PASSWORD,
                "again", Visits.PASSWORD,
                "_csrf", Browser.token(page)));
    assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
  }

  /// @return the link in the letter to a new account
  private String invited(String email) {
    var made =
        target
            .root()
            .post(
                "/v1/system/admins",
                """
                {"metadata":{"name":"x"},"spec":{"adminType":"OperationAdmin","emailId":"%s",
                 "firstName":"Ada","lastName":"Lovelace","mfa":{"state":"enabled"}}}\
                """
                    .formatted(email));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    Eventually.until(() -> !letters(email).isEmpty());
    return link(letters(email).getFirst());
  }

  private List<String> letters(String email) {
    return mailbox.messages().stream().filter(each -> each.contains("To: " + email)).toList();
  }

  private static String link(String letter) {
    var found = LINK.matcher(letter);
    assertThat(found.find()).as(letter).isTrue();
    return found.group(1);
  }

  /// Sends a form octet by octet as it is, with a header that no browser would send.
  private void posted(String path, String form, String header) throws IOException {
    target.console().pass(java.time.Duration.ofSeconds(1));
    var browser = target.console().browser();
    var token = Browser.token(browser.get(path).body());
    var uri = URI.create(target.console().address());
    var body = form + "&_csrf=" + token;
    var cookies = "Cookie: postern-form=" + browser.cookie("postern-form");
    var host =
        header.startsWith("Host:") ? header : "Host: " + uri.getAuthority() + "\r\n" + header;
    var request =
        String.join(
            "\r\n",
            "POST " + path + " HTTP/1.1",
            host,
            cookies,
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Length: " + body.length(),
            "Connection: close",
            "",
            body);
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("evil.example/");
      assertThat(answer.substring(9, 12)).as(answer).isNotEqualTo("500");
    }
  }
}
