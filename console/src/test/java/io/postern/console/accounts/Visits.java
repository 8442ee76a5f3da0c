package io.postern.console.accounts;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import java.util.Map;
import java.util.regex.Pattern;

/// What tests of pages do again and again.
public final class Visits {
  public static final String ROOT = "root@example.com";
  public static final String PASSWORD = "staple horse battery correct";

  private static final Pattern SETUP = Pattern.compile("(/system/setup/\\S+)");

  private Visits() {}

  static String setupPath(RunningConsole console) {
    var found = SETUP.matcher(console.greeting());
    return found.find() ? found.group(1) : "";
  }

  /// A browser in which the root account was just created.
  public static Browser setUp(RunningConsole console) {
    var browser = console.browser();
    browser.get(setupPath(console));
    browser.submit(
        "/system/setup",
        "/system/setup",
        Map.of("email", ROOT, "password", PASSWORD, "again", PASSWORD));
    return browser;
  }

  public static java.net.http.HttpResponse<String> signIn(
      Browser browser, String email, String password) {
    return browser.submit(
        "/system/login", "/system/login", Map.of("email", email, "password", password));
  }

  /// Makes the root account and a tenant.
  ///
  /// @return a browser signed in at `/`, as the administrator of the tenant
  static Browser tenant(RunningConsole console, String email) {
    var root = setUp(console);
    root.submit(
        "/system/tenants/new",
        "/system/tenants",
        Map.of("orgName", "Acme", "firstName", "A", "lastName", "B", "emailId", email));
    var activate =
        root.get("/system/tenants")
            .body()
            .replaceAll("(?s).*?(/system/tenants/[0-9a-f]{32}/activate).*", "$1");
    var shown = root.submit("/system/tenants", activate, Map.of()).body();
    var tenant = console.browser();
    tenant.get(shown.replaceAll("(?s).*?(/link/[0-9a-f]+/[^\"<]+).*", "$1"));
    tenant.submit("/activate", "/activate/open", Map.of());
    tenant.submit("/activate", "/activate", Map.of("password", PASSWORD, "again", PASSWORD));
    tenant.submit("/", "/", Map.of("email", email, "password", PASSWORD));
    return tenant;
  }
}
