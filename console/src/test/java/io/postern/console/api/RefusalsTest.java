package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import io.postern.console.audit.Audit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// what a role or a key's scopes did not open is told by the audit log, and nobody floods it
/// that way.
final class RefusalsTest {
  private static final String PASSWORD = "four random words here now";
  private static final String EMAIL = "ada@example.com";

  @TempDir Path directory;
  private RunningConsole console;
  private ApiClient root;
  private String account;

  @BeforeEach
  void start() throws IOException {
    console = Root.console(directory);
    root = Root.client(console);
    account =
        root.post(
                AdminCalls.PATH,
                "{\"spec\":{\"adminType\":\"AccountAdmin\",\"emailId\":\"%s\"}}".formatted(EMAIL))
            .header("Location");
    var link =
        root.with("Prefer", "return=representation")
            .put(account + "/passwordResetLink", "")
            .at("/link");
    var owner = console.browser();
    var page = owner.follow(owner.get(link.replaceFirst("^https?://[^/]+", ""))).body();
    owner.post(
        "/link/activate",
        Map.of("password", PASSWORD, "again", PASSWORD, "_csrf", Browser.token(page)));
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void R571_a_page_that_the_role_does_not_reach() {
    assertThat(browser().get("/system/tenants/0123/delete?secret=x").statusCode()).isEqualTo(403);
    assertNewest(
        "GET /system/tenants/{uid}/delete",
        "Refused: the role Account Administrator does not reach it");
  }

  @Test
  void R571_a_call_that_the_role_does_not_reach() {
    var ada = ApiClient.signedIn(console, EMAIL, PASSWORD);
    assertThat(ada.delete("/v1/tenants/0123").status()).isEqualTo(403);
    assertNewest(
        "DELETE /v1/tenants/{uid}", "Refused: the role Account Administrator does not reach it");
  }

  @Test
  void R571_an_account_out_of_reach() {
    var ada = ApiClient.signedIn(console, EMAIL, PASSWORD);
    var own = root.get(AdminCalls.PATH + "?text=" + Root.EMAIL).at("/items/0/metadata/uid");
    ada.put(AdminCalls.PATH + "/" + own + "/passwordResetLink", "");
    assertNewest(
        Root.EMAIL,
        "Refused: only a Root Administrator can make or see the links of a root account");
    ada.post(
        AdminCalls.PATH,
        "{\"spec\":{\"adminType\":\"RootAdmin\",\"emailId\":\"eve@example.com\"}}");
    assertNewest("new account", "Refused: only a Root Administrator can create a root account");
  }

  @Test
  void R571_a_key_that_lacks_a_scope_or_is_none_for_this() {
    var key = key("accounts:read");
    var uid = key.uid();
    assertThat(key.client().delete(account).problem()).isEqualTo("403 scope-missing");
    assertNewest(
        "DELETE /v1/system/admins/{uid}",
        "Refused: the key %s lacks the scope accounts:write".formatted(uid));
    assertThat(key.client().patch(MyAccountCalls.EMAIL, "{}").problem())
        .isEqualTo("403 token-needed");
    assertNewest("PATCH " + MyAccountCalls.EMAIL, "Refused: a key cannot do this");
    var local = key.client().get("/actuator/prometheus");
    assertThat(local.status()).as("open on this machine").isEqualTo(200);
    assertNewest("PATCH " + MyAccountCalls.EMAIL, "a key cannot do this");
    var remote = key.client().with("X-Forwarded-For", "192.0.2.9").get("/actuator/prometheus");
    assertThat(remote.status()).isEqualTo(401);
    assertNewest(
        "GET /actuator", "Refused: the key %s lacks the scope metrics:read".formatted(uid));
    assertThat(key.client().get(account).status()).isEqualTo(200);
    assertNewest("GET /actuator", "metrics:read");
  }

  /// Handlers are found by the decoded path; so is what guards them.
  @Test
  void R566_a_path_in_another_spelling_opens_no_more() {
    var key = key("accounts:read");
    for (var path :
        List.of(
            "/%61ctuator/prometheus",
            "/act%75ator/health", "/%61%63tuator", "/actuator/%70rometheus")) {
      var stranger = ApiClient.anonymous(console).with("X-Forwarded-For", "192.0.2.9").get(path);
      assertThat(stranger.status()).as(path).isEqualTo(401);
      var remote = key.client().with("X-Forwarded-For", "192.0.2.9").get(path);
      assertThat(remote.status()).as(path).isEqualTo(401);
    }
    for (var path :
        List.of("/actuator;a=b/prometheus", "/actuator;/health", "/v1;a/system/users/me")) {
      var stranger = ApiClient.anonymous(console).with("X-Forwarded-For", "192.0.2.9").get(path);
      assertThat(stranger.status()).as("parameters of a segment").isEqualTo(400);
    }
    assertThat(browser().get("/%76%31/system/users/me").statusCode())
        .as("the API takes no cookie")
        .isEqualTo(401);
    assertThat(key.client().get(account.replace("/v1/", "/%761/")).status()).isEqualTo(200);
    assertThat(key.client().delete(account.replace("/v1/", "/v%31/")).problem())
        .isEqualTo("403 scope-missing");
  }

  @Test
  void R571_refusals_do_not_flood_the_log() {
    var browser = browser();
    for (var number = 0; number < 3 * Audit.REFUSALS_MAX; number++) {
      assertThat(browser.get("/system/tenants").statusCode()).isEqualTo(403);
    }
    assertThat(refusals()).isEqualTo("10");
    console.pass(Duration.ofMinutes(1));
    assertThat(browser.get("/system/tenants").statusCode()).isEqualTo(403);
    assertThat(refusals()).isEqualTo("11");
  }

  private void assertNewest(String what, String sentence) {
    var entry = root.get("/v1/audits?action=refused&limit=1");
    assertThat(entry.at("/items/0/spec/resource/name")).isEqualTo(what);
    assertThat(entry.at("/items/0/spec/actionMsg")).contains(sentence);
    assertThat(entry.at("/items/0/spec/actor/user/emailId")).isEqualTo(EMAIL);
    assertThat(entry.at("/items/0/spec/actor/user/address")).isEqualTo("127.0.0.1");
  }

  private String refusals() {
    return root.get("/v1/audits?action=refused").at("/listmeta/count");
  }

  private Browser browser() {
    var browser = console.browser();
    browser.submit("/system/login", "/system/login", Map.of("email", EMAIL, "password", PASSWORD));
    return browser;
  }

  private record Key(String uid, ApiClient client) {}

  private Key key(String scope) {
    var browser = browser();
    var made =
        browser
            .submit(
                KeyPages.PATH, KeyPages.PATH, Map.of("name", "k", "scope", scope, "lifetime", "30"))
            .body()
            .replaceAll("(?s).*id=\"key\" value=\"(postern_key_[^\"]+)\".*", "$1");
    var uid =
        browser
            .get(KeyPages.PATH)
            .body()
            .replaceAll("(?s).*action=\"[^\"]*/([0-9a-f]+)/revoke\".*", "$1");
    return new Key(uid, ApiClient.anonymous(console).with("ApiKey", made));
  }
}
