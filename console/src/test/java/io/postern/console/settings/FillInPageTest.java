package io.postern.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// *Fill in for me* and what a recognized provider wants, over HTTP.
final class FillInPageTest {
  private static final String PAGE = "/system/administration/smtp";
  private static final Pattern PLACE = Pattern.compile("name=\"place\" value=\"([^\"]*)\"");

  @TempDir static Path directory;
  private static RunningConsole console;
  private static Browser browser;

  @BeforeAll
  static void start() {
    console = RunningConsole.start(directory, Map.of());
    browser = Visits.setUp(console);
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void R305_the_server_of_an_address_is_shown_with_its_source_before_it_is_used() {
    var page = fill(Map.of("fromEmailId", "you@gmail.com")).body();
    assertThat(page).contains("Use smtp.gmail.com, port 587, STARTTLS", "own table");
    assertThat(page)
        .doesNotContain("id=\"smtpServer\" name=\"smtpServer\" value=\"smtp.gmail.com\"");
  }

  @Test
  void a_place_fills_the_form_and_keeps_what_else_was_typed() {
    var typed = Map.of("fromEmailId", "you@gmail.com", "fromName", "Acme <Ops>");
    var place = PLACE.matcher(fill(typed).body());
    assertThat(place.find()).isTrue();
    var chosen = new HashMap<>(typed);
    chosen.put("place", place.group(1).replace("&amp;", "&"));
    var page = fill(chosen).body();
    assertThat(page)
        .contains("value=\"smtp.gmail.com\"", "value=\"you@gmail.com\"", "Acme &lt;Ops");
    assertThat(page).contains("nothing is saved yet");
  }

  @Test
  void an_address_that_is_none_gets_its_sentence_and_is_kept() {
    var answer = fill(Map.of("fromEmailId", "you@@gmail.com"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("value=\"you@@gmail.com\"", "class=\"fault\"");
  }

  @Test
  void the_sender_report_needs_a_server_and_says_so() {
    var answer = browser.submit(PAGE, PAGE + "/sender", Map.of("fromEmailId", "you@example.com"));
    assertThat(answer.statusCode()).isEqualTo(422);
  }

  @Test
  void a_recognized_provider_says_what_it_wants_and_an_unknown_one_says_nothing() {
    var known = browser.get(PAGE + "/provider?smtpServer=smtp.gmail.com&fromEmailId=").body();
    assertThat(known).contains("<strong>Gmail</strong> recognized", "app password");
    assertThat(browser.get(PAGE + "/provider?smtpServer=mail.example.test").body().strip())
        .isEmpty();
  }

  @Test
  void nobody_who_is_not_signed_in_is_answered() {
    assertThat(console.browser().get(PAGE + "/provider?smtpServer=x").statusCode()).isEqualTo(303);
  }

  private static HttpResponse<String> fill(Map<String, String> fields) {
    return browser.submit(PAGE, PAGE + "/fill", fields);
  }
}
