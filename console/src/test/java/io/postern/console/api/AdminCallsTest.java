package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// System accounts over the API, and who may do what to whom.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AdminCallsTest {
  private static final String PATH = AdminCalls.PATH;
  private static final String PASSWORD = "four random words here now";

  private final AtomicInteger numbers = new AtomicInteger();
  private RunningConsole console;
  private ApiClient root;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    console = Root.console(directory);
  }

  @BeforeEach
  void signIn() {
    root = Root.client(console);
  }

  @AfterAll
  void stop() {
    console.close();
  }

  @Test
  void an_account_is_created_with_a_queued_activation_letter() {
    var email = "ada%d@example.com".formatted(numbers.incrementAndGet());
    var made =
        root.post(
            PATH,
            """
            {"metadata":{"name":"x"},"spec":{"adminType":"OperationAdmin","emailId":"%s",
             "firstName":"Ada","lastName":"Lovelace","mfa":{"state":"enabled"}}}\
            """
                .formatted(email));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.json().propertyNames()).containsExactly("uid");
    assertThat(made.header("AuditUid")).matches("[0-9a-f]{32}");
    assertThat(made.header("Warning")).isEmpty();

    var read = root.get(made.header("Location"));
    assertThat(read.at("/metadata/name")).isEqualTo("Ada Lovelace");
    assertThat(read.at("/spec/adminType")).isEqualTo("OperationAdmin");
    assertThat(read.at("/spec/emailId")).isEqualTo(email);
    assertThat(read.at("/status/state")).isEqualTo("pending");
    assertThat(read.at("/status/createdBy")).isEqualTo(Root.EMAIL);
    assertThat(read.at("/status/activation/mailState")).isEqualTo("queued");
    assertThat(read.body()).as("no link").doesNotContain("/link/");
    assertThat(root.get("/v1/mails/" + read.at("/status/activation/mailUid")).at("/to"))
        .isEqualTo(email);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      delimiter = '|',
      value = {
        "adminType|null",
        "adminType|\"TenantAdmin\"",
        "adminType|7",
        "emailId|\"\"",
        "emailId|\"ada\"",
        "emailId|\"ada@example.com\\r\\nX: y\"",
        "emailId|[\"a@b.test\",\"c@d.test\"]",
        "firstName|{}"
      })
  void a_wrong_value_is_named_by_its_path(String field, String value) {
    var answer =
        root.post(
            PATH,
            "{\"spec\":{\"adminType\":\"AccountAdmin\",\"emailId\":\"a@b.example\",\"firstName\":\"A\"}}"
                .replaceFirst(
                    "\"" + field + "\":\"[^\"]*\"",
                    java.util.regex.Matcher.quoteReplacement("\"" + field + "\":" + value)));
    assertThat(answer.problem()).isEqualTo("422 invalid-fields");
    assertThat(answer.json().at("/details/fields").propertyNames())
        .containsExactly("spec." + field);
  }

  @Test
  void an_address_that_is_taken_is_a_conflict() {
    assertThat(create(root, "twice@example.com", "AccountAdmin").status()).isEqualTo(201);
    assertThat(create(root, "TWICE@example.com", "AccountAdmin").problem())
        .isEqualTo("409 account-exists");
  }

  @Test
  void a_new_link_is_mailed_and_answered_only_when_that_is_preferred() {
    var path = account("OperationAdmin");
    var quiet = root.put(path + "/passwordResetLink", "");
    assertThat(quiet.status()).isEqualTo(204);
    assertThat(quiet.header("AuditUid")).matches("[0-9a-f]{32}");

    var shown = shownLink(root, path);
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.header("Preference-Applied")).isEqualTo("return=representation");
    assertThat(shown.at("/purpose")).isEqualTo("activation");
    assertThat(shown.at("/mailed")).isEqualTo("true");
    assertThat(root.get(path).at("/status/activation/shownAt")).isNotEmpty();
    activate(shown.at("/link"));
    assertThat(root.get(path).at("/status/state")).isEqualTo("active");

    var reset = shownLink(root, path);
    assertThat(reset.at("/purpose")).isEqualTo("passwordReset");
    assertThat(reset.at("/mailed")).as("nobody has proved the address").isEqualTo("false");
    assertThat(Duration.between(console.now(), java.time.Instant.parse(reset.at("/expiry"))))
        .isEqualTo(Duration.ofMinutes(30));
    var audit = root.get("/v1/audits?text=reset&action=link");
    assertThat(audit.at("/items/0/metadata/uid")).isEqualTo(reset.header("AuditUid"));
    assertThat(audit.body()).doesNotContain("/link/");
  }

  @Test
  void a_deleted_account_is_gone_with_its_tokens_and_keys() {
    var path = account("AccountAdmin");
    var ada = signedIn(path);
    assertThat(ada.get(PATH).status()).isEqualTo(200);

    var deleted = root.delete(path);
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.header("AuditUid")).matches("[0-9a-f]{32}");

    assertThat(ada.get(PATH).problem()).isEqualTo("401 not-signed-in");
    assertThat(root.get(path).problem()).isEqualTo("404 account-not-found");
    assertThat(root.delete(path).problem()).isEqualTo("404 account-not-found");
    assertThat(root.put(path + "/passwordResetLink", "").problem())
        .isEqualTo("404 account-not-found");
  }

  @Test
  void R561_ended_sessions_take_tokens_with_them_but_no_keys() {
    var path = account("AccountAdmin");
    var ada = signedIn(path);
    var email = root.get(path).at("/spec/emailId");
    var browser = console.browser();
    browser.submit("/system/login", "/system/login", Map.of("email", email, "password", PASSWORD));
    var key =
        browser
            .submit(
                KeyPages.PATH,
                KeyPages.PATH,
                Map.of("name", "k", "scope", "accounts:read", "lifetime", "30"))
            .body()
            .replaceAll("(?s).*id=\"key\" value=\"(postern_key_[^\"]+)\".*", "$1");

    var ended = root.delete(path + "/sessions");
    assertThat(ended.status()).isEqualTo(204);

    assertThat(ada.get(PATH).problem()).isEqualTo("401 not-signed-in");
    assertThat(browser.get("/system/accounts").statusCode()).isEqualTo(303);
    assertThat(ApiClient.anonymous(console).with("ApiKey", key).get(PATH).status()).isEqualTo(200);
    assertThat(ApiClient.signedIn(console, email, PASSWORD).get(PATH).status()).isEqualTo(200);
    var entry = root.get("/v1/audits?action=sign-out&limit=1");
    assertThat(entry.at("/items/0/metadata/uid")).isEqualTo(ended.header("AuditUid"));
    assertThat(entry.at("/items/0/spec/resource/name")).isEqualTo(email);
    assertThat(root.delete(PATH + "/0123/sessions").problem()).isEqualTo("404 account-not-found");
    assertThat(root.delete(path(Root.EMAIL) + "/sessions").problem()).isEqualTo("409 own-account");
  }

  @Test
  void the_administrator_of_a_tenant_is_no_system_account() {
    root.post(
        TenantCalls.PATH,
        """
        {"spec":{"orgName":"Acme","firstName":"A","lastName":"B","emailId":"tenant@acme.test"}}\
        """);
    assertThat(root.get(PATH + "?text=tenant@acme.test").at("/listmeta/count")).isEqualTo("0");
  }

  @Test
  void nobody_deletes_their_own_account() {
    assertThat(root.delete(path(Root.EMAIL)).problem()).isEqualTo("409 own-account");
  }

  @Test
  void R566_each_role_reaches_what_it_may_and_nothing_else() {
    var operations = signedIn(account("OperationAdmin"));
    var accounts = signedIn(account("AccountAdmin"));
    var other = account("RootAdmin");
    var plain = account("OperationAdmin");
    var link = plain + "/passwordResetLink";

    for (var closed : new ApiClient[] {ApiClient.anonymous(console), operations}) {
      var code = closed == operations ? "403 not-allowed" : "401 not-signed-in";
      assertThat(closed.get(PATH).problem()).isEqualTo(code);
      assertThat(create(closed, "x@example.com", "AccountAdmin").problem()).isEqualTo(code);
      assertThat(closed.get(plain).problem()).isEqualTo(code);
      assertThat(closed.put(link, "").problem()).isEqualTo(code);
      assertThat(closed.delete(plain + "/sessions").problem()).isEqualTo(code);
      assertThat(closed.delete(plain).problem()).isEqualTo(code);
    }

    assertThat(accounts.get(PATH).status()).isEqualTo(200);
    assertThat(create(accounts, "root2@example.com", "RootAdmin").problem())
        .isEqualTo("403 root-only");
    assertThat(accounts.get(other).status()).isEqualTo(200);
    assertThat(accounts.put(other + "/passwordResetLink", "").problem()).isEqualTo("403 root-only");
    assertThat(accounts.delete(other + "/sessions").problem()).isEqualTo("403 root-only");
    assertThat(accounts.delete(other).problem()).isEqualTo("403 root-only");
    assertThat(create(accounts, "plain@example.com", "OperationAdmin").status()).isEqualTo(201);
    assertThat(accounts.put(link, "").status()).isEqualTo(204);
    assertThat(accounts.delete(plain).status()).isEqualTo(204);

    assertThat(root.put(other + "/passwordResetLink", "").status()).isEqualTo(204);
    assertThat(root.delete(other).status()).isEqualTo(204);
  }

  @Test
  void R567_an_old_token_makes_deletes_and_shows_nothing() {
    var path = account("AccountAdmin");
    console.pass(Duration.ofMinutes(15));
    assertThat(create(root, "late@example.com", "AccountAdmin").problem())
        .isEqualTo("403 step-up-required");
    assertThat(shownLink(root, path).problem()).isEqualTo("403 step-up-required");
    assertThat(root.delete(path + "/sessions").problem()).isEqualTo("403 step-up-required");
    assertThat(root.delete(path).problem()).isEqualTo("403 step-up-required");
    assertThat(root.get(path).status()).isEqualTo(200);
  }

  @Test
  void lists_are_ordered_searched_and_paged() {
    for (var number = 0; number < 3; number++) {
      create(root, "listed%d@example.com".formatted(number), "AccountAdmin");
    }
    var page = root.get(PATH + "?text=LISTED&limit=2");
    assertThat(page.at("/items/0/spec/emailId")).isEqualTo("listed0@example.com");
    assertThat(page.at("/listmeta/count")).isEqualTo("3");
    var rest = root.get(PATH + "?text=listed&limit=2&continue=" + page.at("/listmeta/continue"));
    assertThat(rest.at("/items/0/spec/emailId")).isEqualTo("listed2@example.com");
    assertThat(rest.at("/listmeta/continue")).isEmpty();
  }

  private static ApiClient.Answer create(ApiClient caller, String email, String adminType) {
    return caller.post(
        PATH, "{\"spec\":{\"adminType\":\"%s\",\"emailId\":\"%s\"}}".formatted(adminType, email));
  }

  /// The path of a new account.
  private String account(String adminType) {
    var email = "n%d@example.com".formatted(numbers.incrementAndGet());
    return create(root, email, adminType).header("Location");
  }

  private String path(String email) {
    return PATH + "/" + root.get(PATH + "?text=" + email).at("/items/0/metadata/uid");
  }

  private static ApiClient.Answer shownLink(ApiClient caller, String path) {
    return caller.with("Prefer", "return=representation").put(path + "/passwordResetLink", "");
  }

  /// Sets the password behind a link.
  private void activate(String link) {
    var browser = console.browser();
    var page = browser.follow(browser.get(link.replaceFirst("^https?://[^/]+", ""))).body();
    var answer =
        browser.post(
            "/link/activate",
            Map.of("password", PASSWORD, "again", PASSWORD, "_csrf", Browser.token(page)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
  }

  private ApiClient signedIn(String path) {
    activate(shownLink(root, path).at("/link"));
    return ApiClient.signedIn(console, root.get(path).at("/spec/emailId"), PASSWORD);
  }
}
