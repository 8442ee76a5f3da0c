package io.postern.console.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// on the running console.
final class SecurityHeadersTest {
  @TempDir static Path directory;
  private static RunningConsole console;

  @BeforeAll
  static void start() {
    console = RunningConsole.start(directory, Map.of());
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/system/login",
        "/system",
        "/system/nothing-here",
        "/static/app.css",
        "/static/nothing.css",
        "/v1/nothing",
        "/error",
        "/actuator/health",
        "/actuator/env",
        "/system/login;a=b",
        "/system//login",
      })
  void R560_headers_are_on_every_answer(String path) {
    assertHeaders(console.browser().get(path));
  }

  @Test
  void R560_headers_are_on_refused_posts() {
    assertHeaders(console.browser().post("/system/login", Map.of("email", "a@b.test")));
    assertHeaders(console.browser().post("/system/nothing-here", Map.of()));
  }

  /// ASVS 4.1.1.
  @ParameterizedTest
  @CsvSource({
    "/static/app.css,text/css",
    "/static/tokens.css,text/css",
    "/static/postern.js,text/javascript",
    "/static/passkeys.js,text/javascript",
    "/static/postern.svg,image/svg+xml",
    "/system/login,text/html"
  })
  void R560_text_names_its_type_and_charset(String path, String type) {
    assertThat(console.browser().get(path).headers().firstValue("Content-Type"))
        .hasValueSatisfying(given ->
            assertThat(given.replace(" ", "")).isEqualToIgnoringCase(type + ";charset=UTF-8"));
  }

  @Test
  void no_answer_sets_a_servlet_session() {
    for (var path : new String[] {"/system/login", "/system", "/system/x", "/v1/x"}) {
      assertThat(console.browser().get(path).headers().allValues("Set-Cookie").toString())
          .doesNotContainIgnoringCase("jsessionid");
    }
  }

  @Test
  void a_post_without_token_is_refused() {
    var answer = console.browser().post("/system/login", Map.of("email", "a", "password", "b"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("nothing was done");
  }

  @Test
  void a_token_of_another_browser_is_refused() {
    var stolen = io.postern.console.Browser.token(console.browser().get("/system/login").body());
    var other = console.browser();
    other.get("/system/login");
    assertThat(other.post("/system/login", Map.of("_csrf", stolen)).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void R562_another_site_is_refused_even_with_a_token(String site) {
    var browser = console.browser();
    var token = io.postern.console.Browser.token(browser.get("/system/login").body());
    var answer = browser.post("/system/login", Map.of("_csrf", token), "Sec-Fetch-Site", site);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("came from another site");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.test", "null", "http://localhost", "not a url"})
  void R562_a_foreign_origin_is_refused_where_sec_fetch_site_is_missing(String origin) {
    var browser = console.browser();
    var token = io.postern.console.Browser.token(browser.get("/system/login").body());
    var answer = browser.post("/system/login", Map.of("_csrf", token), "Origin", origin);
    assertThat(answer.body()).contains("came from another site");
  }

  @Test
  void R562_our_own_origin_is_taken() {
    var browser = console.browser();
    var token = io.postern.console.Browser.token(browser.get("/system/login").body());
    var answer = browser.post("/system/login", Map.of("_csrf", token), "Origin", console.address());
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void R573_errors_name_no_inner_parts_and_a_reference_where_the_log_has_it() {
    var page = console.browser().get("/system/login/../nothing?x=%3Cscript%3E");
    assertThat(page.body())
        .contains("cannot be read as it is")
        .doesNotContain("Reference", "springframework", "<script>");
    var problem = console.browser().get("/v1/nothing");
    assertThat(problem.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(problem.body()).contains("\"code\":\"not-found\"", "\"ref\":\"", "\"message\":");
  }

  @Test
  void pages_send_to_the_sign_in_page_and_back() {
    var answer = console.browser().get("/system/step-up?to=%2Fsystem");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location"))
        .hasValue("/system/login?to=%2Fsystem%2Fstep-up%3Fto%3D%252Fsystem");
  }

  @Test
  void no_default_user_and_no_basic_sign_in() {
    var answer = console.browser().get("/system/step-up", "Authorization", "Basic dXNlcjp1c2Vy");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
  }

  private static void assertHeaders(HttpResponse<String> answer) {
    var headers = answer.headers();
    assertThat(headers.firstValue("Content-Security-Policy"))
        .as("%s", answer)
        .hasValueSatisfying(policy ->
            assertThat(policy)
                .startsWith("default-src 'none'")
                .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                .doesNotContain("unsafe"));
    assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(headers.firstValue("Referrer-Policy")).isPresent();
    assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
    assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
    assertThat(headers.firstValue("Cache-Control")).isPresent();
    assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
  }
}
