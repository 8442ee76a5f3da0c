package io.postern.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import io.postern.console.api.TinyRelay;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A test message says that it arrived only when somebody who has it says so.
final class ArrivalTest {
  private static final Pattern LINK = Pattern.compile("(https?://[^/\\s]+)(/link/arrived/\\S+)");

  @TempDir Path directory;
  private RunningConsole console;
  private Browser root;
  private TinyRelay relay;

  @BeforeEach
  void start() throws IOException {
    console =
        RunningConsole.start(directory, Map.of("POSTERN_BASE_URL", "https://mail.example.com"));
    root = Visits.setUp(console);
    relay = new TinyRelay();
  }

  @AfterEach
  void stop() throws IOException {
    relay.close();
    console.close();
  }

  @Test
  void button_behind_the_link_turns_accepted_into_arrived() {
    var verdict = validate("ann@example.com");
    assertThat(verdict)
        .contains("The configuration works", "Open the message for ann@example.com")
        .doesNotContain("arrived: the button");
    var link = link();

    console.pass(Duration.ofSeconds(75));
    assertThat(press(link).body()).contains("the test message for ann@example.com arrived");

    assertThat(followed(verdict))
        .contains(
            "The message for ann@example.com arrived: the button behind its link was pressed 75 s after it was sent.",
            "confirmed by its link")
        .doesNotContain("data-follow");
    assertThat(page()).contains("Your last test message", "was pressed 75 s after");
  }

  @Test
  void R543_fetching_the_link_proves_nothing() {
    var verdict = validate("ann@example.com");

    assertThat(console.browser().get(link()).body()).contains("I received this");
    assertThat(console.browser().get(link()).statusCode()).isEqualTo(200);

    assertThat(followed(verdict)).contains("data-follow").doesNotContain("confirmed");
  }

  @Test
  void R544_link_leads_to_the_configured_address_whatever_the_request_said() {
    validate("ann@example.com");

    assertThat(relay.messages().getFirst()).contains("https://mail.example.com/link/arrived/");
  }

  @Test
  void link_stands_in_the_message_alone() {
    var verdict = validate("ann@example.com");

    var token = link().substring(link().lastIndexOf('/') + 1);
    assertThat(token).hasSizeGreaterThan(42);
    assertThat(verdict).doesNotContain(token);
    assertThat(page()).doesNotContain(token);
  }

  @Test
  void first_press_counts_and_the_second_changes_nothing() {
    validate("ann@example.com");
    press(link());
    console.pass(Duration.ofDays(40));

    var again = console.browser().get(link());

    assertThat(again.body()).contains("2026-11-24 12:00 UTC").doesNotContain("I received this");
  }

  @Test
  void link_ends_after_five_days_and_that_proves_nothing() {
    validate("ann@example.com");
    console.pass(Duration.ofDays(5));

    assertThat(console.browser().get(link()).statusCode()).isEqualTo(410);
    root = console.browser();
    Visits.signIn(root, Visits.ROOT, Visits.PASSWORD);
    assertThat(page()).contains("nobody opened its link in 5 days").doesNotContain("arrived: ");
  }

  @Test
  void guessed_token_is_told_nothing() {
    validate("ann@example.com");
    var wrong = link().substring(0, link().length() - 1) + "_";

    var answer = console.browser().get(wrong);

    assertThat(answer.statusCode()).isEqualTo(410);
    assertThat(answer.body()).doesNotContain("ann@example.com");
  }

  @Test
  void refused_message_leaves_nothing_to_wait_for() {
    var verdict = validate("nobody@example.com");

    assertThat(verdict).contains("class=\"verdict broken\"").doesNotContain("id=\"arrival\"");
    assertThat(page()).doesNotContain("Your last test message");
  }

  @Test
  void nobody_else_can_ask_about_it() {
    var verdict = validate("ann@example.com");

    assertThat(console.browser().get(address(verdict)).statusCode()).isNotEqualTo(200);
  }

  private String validate(String to) {
    var fields = new HashMap<String, String>();
    fields.put("action", "validate");
    fields.put("smtpServer", "127.0.0.1");
    fields.put("smtpPort", String.valueOf(relay.port()));
    fields.put("connectionSecurity", "none");
    fields.put("securityChosen", "true");
    fields.put("fromEmailId", "noreply@example.com");
    fields.put("testRecipient", to);
    return root.submit(SmtpPage.PATH, SmtpPage.PATH, fields).body();
  }

  private String link() {
    var found = LINK.matcher(relay.messages().getLast());
    assertThat(found.find()).as(relay.messages().getLast()).isTrue();
    return found.group(2);
  }

  private HttpResponse<String> press(String link) {
    return console.browser().submit(link, link, Map.of());
  }

  private String page() {
    return root.get(SmtpPage.PATH).body();
  }

  private static String address(String verdict) {
    return verdict.replaceAll("(?s).*data-follow=\"([^\"]+)\".*", "$1");
  }

  private String followed(String verdict) {
    return root.get(address(verdict)).body();
  }
}
