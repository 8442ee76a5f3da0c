package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import io.postern.console.platform.database.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R-565 for programs (PLAN 3): a password gives no token where a passkey is, or must be; keys go
/// on working.
final class SecondFactorTest {
  private static final Pattern KEY = Pattern.compile("postern_key_[\\w-]{30,}");
  private static final String SWITCH = "/system/administration/instance";

  @TempDir Path directory;
  private RunningConsole console;
  private Browser browser;

  @BeforeEach
  void start() throws IOException {
    console = Root.console(directory);
    browser = console.browser();
    browser.submit(
        "/system/login", "/system/login", Map.of("email", Root.EMAIL, "password", Root.PASSWORD));
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void R565_an_account_with_a_passkey_gets_no_token_and_keeps_its_keys() {
    var token = Root.client(console);
    var key = key();
    assertThat(token.get(MyAccountCalls.ME).at("/status/isMfaEnabled")).isEqualTo("false");
    sql(
        """
        insert into passkey (uid, account_uid, name, credential_id, credential, host, sign_count,
          backup_eligible, backed_up, created_at)
        select '1', uid, 'Laptop', 'AAAA', x'00', 'localhost', 0, 0, 0, 0 from account
        """);
    var answer = login();
    assertThat(answer.problem()).isEqualTo("401 second-factor-needed");
    assertThat(answer.at("/IsMfa")).isEqualTo("true");
    assertThat(login("wrong").problem()).isEqualTo("401 wrong-password");
    assertThat(token.get(MyAccountCalls.ME).status()).as("a token from before").isEqualTo(401);
    assertThat(key.get(MyAccountCalls.ME).at("/status/isMfaEnabled")).isEqualTo("true");
  }

  @Test
  void R565_where_passkeys_are_demanded_a_password_leads_to_registering_one() {
    var token = Root.client(console);
    var key = key();
    browser.submit(SWITCH, SWITCH + "/second-factor", Map.of("required", "true"));
    for (var page : new String[] {"/system", SWITCH, "/system/account", "/system/mail"}) {
      assertThat(browser.get(page).headers().firstValue("Location"))
          .as(page)
          .hasValue("/system/account/passkeys");
    }
    assertThat(browser.get("/system/account/passkeys").body())
        .contains("This instance demands a passkey");
    assertThat(login().at("/IsMfa")).isEqualTo("true");
    assertThat(token.get(MyAccountCalls.ME).status()).isEqualTo(401);
    assertThat(key.get(MyAccountCalls.ME).status()).isEqualTo(200);
  }

  private ApiClient key() {
    var made =
        browser.submit(
            "/system/account/keys",
            "/system/account/keys",
            Map.of("name", "script", "scope", "smtp:read", "lifetime", "30"));
    var found = KEY.matcher(made.body());
    assertThat(found.find()).as(made.body()).isTrue();
    return ApiClient.anonymous(console).with("ApiKey", found.group());
  }

  private ApiClient.Answer login() {
    return login(Root.PASSWORD);
  }

  private ApiClient.Answer login(String password) {
    return ApiClient.anonymous(console)
        .post(
            "/v1/auth/syslogin",
            "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(Root.EMAIL, password));
  }

  private void sql(String statement) {
    try (var database = new SqliteDatabase(directory.resolve("data/postern.db"))) {
      database.write(tx -> tx.jdbc().sql(statement).update());
    }
  }
}
