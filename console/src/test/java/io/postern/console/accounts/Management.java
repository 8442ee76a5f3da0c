package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// *Account Management* as somebody in front of it uses it.
public final class Management {
  static final String PATH = AccountPages.PATH;

  private static final Pattern SHOWN = Pattern.compile("id=\"url\" value=\"[^\"]*(/link/[^\"]+)\"");

  private final RunningConsole console;
  final Browser browser;

  public Management(RunningConsole console, Browser browser) {
    this.console = console;
    this.browser = browser;
  }

  String list() {
    return browser.get(PATH).body();
  }

  HttpResponse<String> create(String email, String adminType) {
    return create(
        Map.of("firstName", "Ada", "lastName", "Love", "emailId", email, "adminType", adminType));
  }

  HttpResponse<String> create(Map<String, String> fields) {
    return browser.submit(PATH + "/new", PATH, fields);
  }

  /// The address of the account's row, such as `/system/accounts/0123…`.
  String row(String email) {
    var menu =
        Pattern.compile(
            "aria-label=\"Actions for "
                + Pattern.quote(email)
                + "\">.*?action=\"("
                + PATH
                + "/[0-9a-f]+)/link\"",
            Pattern.DOTALL);
    var found = menu.matcher(list());
    assertThat(found.find()).as("row of " + email).isTrue();
    return found.group(1);
  }

  HttpResponse<String> press(String path) {
    return press(path, Map.of());
  }

  HttpResponse<String> press(String path, Map<String, String> fields) {
    return browser.submit(PATH, path, fields);
  }

  /// What the list says after a button was pressed.
  String said(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return browser.follow(answer).body();
  }

  /// The path of the link that the row's menu shows.
  String shownLink(String email) {
    return linkOn(press(row(email) + "/link").body());
  }

  static String linkOn(String page) {
    var found = SHOWN.matcher(page);
    assertThat(found.find()).as(page).isTrue();
    return found.group(1);
  }

  /// Opens a link in a browser of its own and sets the password.
  HttpResponse<String> use(String link, String password) {
    var owner = console.browser();
    var page = owner.follow(owner.get(link));
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    var action = page.body().replaceAll("(?s).*action=\"(/link/[a-z]+)\".*", "$1");
    var fields = new HashMap<String, String>();
    fields.put("password", password);
    fields.put("again", password);
    fields.put("_csrf", Browser.token(page.body()));
    return owner.post(action, fields);
  }

  /// Creates an account, activates it by its link and signs in.
  Management colleague(String email, String adminType, String password) {
    assertThat(create(email, adminType).statusCode()).isEqualTo(303);
    assertThat(use(shownLink(email), password).statusCode()).isEqualTo(303);
    return signedIn(email, password);
  }

  Management signedIn(String email, String password) {
    var other = console.browser();
    assertThat(Visits.signIn(other, email, password).statusCode()).isEqualTo(303);
    return new Management(console, other);
  }

  void deleteAllBut(String email) {
    var others =
        Pattern.compile("aria-label=\"Actions for ([^\"]+)\"")
            .matcher(list())
            .results()
            .map(found -> found.group(1))
            .filter(other -> !other.equals(email))
            .toList();
    others.forEach(other -> press(row(other) + "/delete", Map.of("name", other)));
  }

  public void saveRelay(int port) {
    var answer =
        browser.submit(
            "/system/administration/smtp",
            "/system/administration/smtp",
            Map.of(
                "action", "save",
                "version", "0",
                "smtpServer", "127.0.0.1",
                "smtpPort", String.valueOf(port),
                "connectionSecurity", "none",
                "securityChosen", "true",
                "fromEmailId", "console@postern.test"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
  }
}
