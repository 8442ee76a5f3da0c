package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import io.postern.console.platform.database.SqliteDatabase;
import io.postern.console.platform.web.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// every role, and nobody, against every page, form and call that the code maps. Who is not
/// named at a handler is refused before it runs; who is named is not.
final class RoleMatrixTest {
  private static final String REFUSED = "Your role does not reach this";
  private static final String ELSEWHERE = "This is the system console";
  private static final int PAGES_MIN = 60;

  @TempDir Path directory;
  private RunningConsole console;

  @BeforeEach
  void start() throws IOException {
    console = Root.console(directory);
    for (var role : Role.values()) {
      sql(
          """
          insert into account (uid, realm, role, email, email_key, first_name, last_name, state,
            password_hash, created_at, created_by)
          select '%1$s', 'system', '%1$s', '%2$s@example.com', '%2$s@example.com', '', '', 'ACTIVE',
            password_hash, 0, 'test' from account where email_key = '%3$s'
          """
              .formatted(role.name(), role.name().toLowerCase(Locale.ROOT) + "-role", Root.EMAIL));
    }
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void R566_pages_and_forms_are_open_to_whom_they_name() {
    var pages = Calls.pages();
    assertThat(pages).hasSizeGreaterThan(PAGES_MIN);
    for (var call : pages) {
      if (call.isOpen()) {
        continue;
      }
      for (var role : Role.values()) {
        var body = visit(call, signedIn(role)).body();
        if (Arrays.asList(call.allow().value()).contains(role)) {
          assertThat(body).as("%s as %s", call, role).doesNotContain(REFUSED, ELSEWHERE);
        } else if (role == Role.TENANT) {
          assertThat(body).as("%s as %s", call, role).contains(ELSEWHERE, "<a href=\"/\">");
        } else {
          assertThat(body).as("%s as %s", call, role).contains(REFUSED);
        }
      }
      var nobody = console.browser();
      nobody.get("/system/login");
      assertThat(visit(call, nobody).headers().firstValue("Location").orElse(""))
          .as("%s as nobody", call)
          .matches("(/system/login|/)(\\?to=.*)?");
    }
  }

  @Test
  void R566_calls_are_open_to_whom_they_name() {
    for (var call : Calls.all()) {
      if (call.isOpen()) {
        continue;
      }
      for (var role : Role.values()) {
        if (!Arrays.asList(call.allow().value()).contains(role)) {
          var answer = ask(call, ApiClient.signedIn(console, email(role), Root.PASSWORD));
          assertThat(answer.problem()).as("%s as %s", call, role).isEqualTo("403 not-allowed");
        }
      }
      assertThat(ask(call, ApiClient.anonymous(console)).status())
          .as("%s as nobody", call)
          .isEqualTo(401);
    }
  }

  private static ApiClient.Answer ask(Calls.Call call, ApiClient client) {
    var path = call.path().replaceAll("\\{[^}]+}", "x");
    return switch (call.verb()) {
      case "GET" -> client.get(path);
      case "POST" -> client.post(path, "{}");
      case "PUT" -> client.put(path, "{}");
      case "PATCH" -> client.patch(path, "{}");
      default -> client.delete(path);
    };
  }

  private static java.net.http.HttpResponse<String> visit(Calls.Call call, Browser browser) {
    var path = call.path().replaceAll("\\{[^}]+}", "x");
    if (call.verb().equals("GET")) {
      return browser.get(path);
    }
    var fields = new HashMap<String, String>();
    var isSignedIn = !browser.cookie("postern-session").isEmpty();
    var page = browser.get(isSignedIn ? "/system/step-up" : "/system/login");
    fields.put("_csrf", Browser.token(page.body()));
    return browser.post(path, fields);
  }

  private Browser signedIn(Role role) {
    var browser = console.browser();
    browser.submit(
        "/system/login", "/system/login", Map.of("email", email(role), "password", Root.PASSWORD));
    return browser;
  }

  private static String email(Role role) {
    return role.name().toLowerCase(Locale.ROOT) + "-role@example.com";
  }

  private void sql(String statement) {
    try (var database = new SqliteDatabase(directory.resolve("data/postern.db"))) {
      database.write(tx -> tx.jdbc().sql(statement).update());
    }
  }
}
