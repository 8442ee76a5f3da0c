package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// what leaves an entry in the audit log, with who did it and to what.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuditedEventsTest {
  private static final String AUDIT = "/system/administration/audit";

  private RunningConsole console;
  private TinyRelay relay;
  private Browser browser;
  private ApiClient root;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    console = Root.console(directory);
    relay = new TinyRelay();
    root = Root.client(console);
  }

  @BeforeEach
  void signIn() {
    browser = console.browser();
    signIn(Root.PASSWORD);
  }

  @AfterAll
  void stop() throws IOException {
    console.close();
    relay.close();
  }

  @Test
  void R571_signing_in_and_out() {
    newest("sign-in", "Signed in with the password");
    browser.submit(AUDIT, "/system/logout", Map.of());
    newest("sign-out", "Signed out");
  }

  @Test
  void R571_a_refused_sign_in() {
    browser = console.browser();
    signIn("not the password");
    newest("sign-in-failed", "A sign-in with a wrong password was refused");
    root = Root.client(console);
  }

  @Test
  void R571_a_validation_names_the_server_and_the_result() {
    root.put(SmtpConfigCalls.PATH + "/validate", relay("wrong", ""));
    newest("activity", "Validated 127.0.0.1:%d: auth-bad-credentials.".formatted(relay.port()));
  }

  @Test
  void R571_a_saved_configuration_with_its_password_and_skipped_verification() {
    root.put(SmtpConfigCalls.PATH, relay("right", ",\"insecureSkipVerifyTls\":true"));
    newest("update", "Insecure Skip TLS Verify: on");
    newest("update", "Password: set");
    console.pass(Duration.ofMinutes(1));
    root.put(SmtpConfigCalls.PATH, relay("right", ""));
    newest("update", "Insecure Skip TLS Verify: on → off");
    newest("update", "Password: changed");
    assertThat(root.get("/v1/audits?resourceKind=smtp").body()).doesNotContain("right\"");
  }

  @Test
  void R571_pausing_and_resuming() {
    browser.submit(AUDIT, "/system/mail/pause", Map.of());
    newest("update", "Paused: nothing is sent.");
    browser.submit(AUDIT, "/system/mail/resume", Map.of());
    newest("update", "Resumed.");
  }

  @Test
  void R571_a_key_that_is_made_and_revoked() {
    var made =
        browser.submit(
            KeyPages.PATH,
            KeyPages.PATH,
            Map.of("name", "billing", "scope", "smtp:read", "lifetime", "30"));
    assertThat(made.statusCode()).isEqualTo(200);
    newest("create", "Made an API key for smtp:read");
    var page = browser.get(KeyPages.PATH).body();
    var revoke = page.replaceAll("(?s).*action=\"([^\"]*/revoke)\".*", "$1");
    browser.post(revoke, Map.of("_csrf", Browser.token(page)));
    newest("delete", "Revoked an API key");
  }

  @Test
  void R571_a_tenant_its_link_and_its_end() {
    var tenant =
        root.post(
                TenantCalls.PATH,
                """
                {"spec":{"orgName":"Audited","firstName":"A","lastName":"B","emailId":"a@audited.test"}}\
                """)
            .header("Location");
    newest("create", "Created, and its administrator a@audited.test invited");
    root.patch(tenant + "/activate", "{\"isActive\":true}");
    newest("link", "The activation link of a@audited.test was shown");
    root.post(tenant + "/invitation", "");
    newest("link", "The invitation of a@audited.test was sent again");
    root.delete(tenant);
    assertThat(root.get("/v1/audits?limit=1&resourceKind=tenant").at("/items/0/spec/actionType"))
        .isIn("update", "delete");
  }

  @Test
  void R571_what_is_done_to_a_mail() {
    browser.submit(AUDIT, "/system/mail/pause", Map.of());
    var mail =
        root.with("Idempotency-Key", "audited")
            .post(MailCalls.PATH, "{\"to\":\"a@b.test\",\"subject\":\"s\",\"text\":\"t\"}")
            .header("Location");
    assertThat(root.post(mail + "/cancel", "").status()).isEqualTo(204);
    assertThat(root.get("/v1/audits?limit=1").at("/items/0/spec/resource/kind")).isEqualTo("mail");
    browser.submit(AUDIT, "/system/mail/resume", Map.of());
  }

  @Test
  void R571_an_export() {
    browser.submit(AUDIT, AUDIT + "/export", Map.of("form", "csv", "who", "root"));
    newest("activity", "entries of the audit log as CSV: who root.");
  }

  /// The newest entry is this one, done by root from this machine.
  private void newest(String action, String words) {
    var entry = root.get("/v1/audits?limit=1");
    assertThat(entry.at("/items/0/spec/actionMsg")).contains(words);
    assertThat(entry.at("/items/0/spec/action")).isEqualTo(action);
    assertThat(entry.at("/items/0/spec/actor/user/address")).isEqualTo("127.0.0.1");
    assertThat(entry.at("/items/0/spec/actor/user/emailId")).isEqualTo(Root.EMAIL);
  }

  private void signIn(String password) {
    browser.submit(
        "/system/login", "/system/login", Map.of("email", Root.EMAIL, "password", password));
  }

  private String relay(String password, String more) {
    return """
    {"smtpServer":"127.0.0.1","smtpPort":%d,"connectionSecurity":"none","userName":"postern",\
    "password":"%s","fromEmailId":"noreply@example.com"%s}\
    """
        .formatted(relay.port(), password, more);
  }
}
