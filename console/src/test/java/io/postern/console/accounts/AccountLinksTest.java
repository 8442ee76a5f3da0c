package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Eventually;
import io.postern.console.RunningConsole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// for the activation and reset links of system accounts.
final class AccountLinksTest {
  private static final String ADA = "ada@example.com";
  private static final String PASSWORD = "four random words here now";
  private static final String OTHER = "five other random words then";

  @TempDir Path directory;
  private RunningConsole console;
  private Management root;
  private final Postbox postbox = new Postbox();

  @BeforeEach
  void start() {
    console = RunningConsole.start(directory, Map.of());
    root = new Management(console, Visits.setUp(console));
  }

  @AfterEach
  void stop() {
    console.close();
    postbox.close();
  }

  @Test
  void the_link_that_is_shown_is_the_one_in_the_letter_and_showing_it_kills_nothing() {
    root.saveRelay(postbox.port());
    root.create(ADA, "AccountAdmin");
    var mailed = mailed(1);

    assertThat(root.shownLink(ADA)).isEqualTo(mailed);
    assertThat(root.shownLink(ADA)).as("as often as wanted").isEqualTo(mailed);
    assertThat(root.list()).contains("shown <time");
    assertThat(root.use(mailed, PASSWORD).statusCode()).isEqualTo(303);
    assertThat(root.list()).contains("Active</span>");
    root.signedIn(ADA, PASSWORD);
  }

  @Test
  void the_activation_letter_waits_and_goes_out_once_smtp_is_saved() {
    root.create(ADA, "AccountAdmin");
    assertThat(root.list()).contains("letter waits to be sent");

    root.saveRelay(postbox.port());

    mailed(1);
    assertThat(postbox.mails().getFirst().to()).isEqualTo(ADA);
    Eventually.until(() -> root.list().contains("accepted by the relay"));
  }

  @Test
  void R543_fetching_the_link_changes_nothing_however_often() {
    root.create(ADA, "AccountAdmin");
    var link = root.shownLink(ADA);
    for (var scanner = 0; scanner < 2; scanner++) {
      var browser = console.browser();
      var arrived = browser.get(link);
      assertThat(arrived.headers().firstValue("Location")).hasValue("/link/activate");
      assertThat(arrived.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(browser.follow(arrived).headers().firstValue("Cache-Control").orElse(""))
          .contains("no-store");
    }
    assertThat(root.list()).contains("Not activated");
    assertThat(root.use(link, PASSWORD).statusCode()).isEqualTo(303);
  }

  @Test
  void R541_of_many_who_use_a_link_at_once_one_succeeds() throws Exception {
    root.create(ADA, "AccountAdmin");
    var link = root.shownLink(ADA);
    var owners = IntStream.range(0, 8).mapToObj(_ -> console.browser()).toList();
    var tokens =
        owners.stream()
            .map(owner -> io.postern.console.Browser.token(owner.follow(owner.get(link)).body()))
            .toList();
    List<Integer> statuses;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running =
          IntStream.range(0, owners.size())
              .mapToObj(number ->
                  threads.submit(() ->
                      owners
                          .get(number)
                          .post(
                              "/link/activate",
                              Map.of(
                                  "password", PASSWORD + number,
                                  "again", PASSWORD + number,
                                  "_csrf", tokens.get(number)))
                          .statusCode()))
              .toList();
      var all = new java.util.ArrayList<Integer>();
      for (var each : running) {
        all.add(each.get());
      }
      statuses = all;
    }
    assertThat(statuses).containsOnlyOnce(303).filteredOn(status -> status == 410).hasSize(7);
  }

  @Test
  void R541_sending_again_ends_the_link_and_the_waiting_letter_before() {
    root.create(ADA, "AccountAdmin");
    var first = root.shownLink(ADA);

    assertThat(root.said(root.press(root.row(ADA) + "/letter")))
        .contains("A new activation letter to ada@example.com is queued");

    assertThat(console.browser().get(first).statusCode()).isEqualTo(410);
    assertThat(root.browser.get("/system/mail?text=ada&state=cancelled").body()).contains(ADA);
    root.saveRelay(postbox.port());
    assertThat(root.shownLink(ADA)).isEqualTo(mailed(1)).isNotEqualTo(first);
  }

  @Test
  void R542_an_activation_link_lives_three_days_and_a_new_one_can_be_shown_then() {
    root.create(ADA, "AccountAdmin");
    var link = root.shownLink(ADA);
    console.pass(Duration.ofDays(3).minusSeconds(1));
    assertThat(console.browser().get(link).statusCode()).isEqualTo(303);
    console.pass(Duration.ofSeconds(1));
    var expired = console.browser().get(link);
    assertThat(expired.statusCode()).isEqualTo(410);
    assertThat(expired.body())
        .contains("This link has expired. Ask the administrator who made your account");

    var later = root.signedIn(Visits.ROOT, Visits.PASSWORD);
    assertThat(later.list()).contains("Link expired</span>");
    var fresh = later.shownLink(ADA);
    assertThat(fresh).isNotEqualTo(link);
    assertThat(later.use(fresh, PASSWORD).statusCode()).isEqualTo(303);
  }

  @Test
  void R549_an_activation_by_the_letter_alone_verifies_the_address() {
    root.saveRelay(postbox.port());
    root.create(ADA, "AccountAdmin");
    var mailed = mailed(1);
    Eventually.until(() -> root.list().contains("accepted by the relay"));
    root.use(mailed, PASSWORD);

    assertThat(root.said(root.press(root.row(ADA) + "/letter")))
        .as("verified, so a reset can be mailed")
        .contains("A letter with a link to set a new password is queued to ada@example.com");
    assertThat(mailed(2)).isEqualTo(root.shownLink(ADA));
  }

  @Test
  void R546_a_reset_is_never_mailed_to_an_address_that_nobody_has_proved() {
    root.saveRelay(postbox.port());
    root.create(ADA, "AccountAdmin");
    mailed(1);
    // The link was seen by an operator, so that using it proves nothing about the mailbox.
    root.use(root.shownLink(ADA), PASSWORD);

    assertThat(root.said(root.press(root.row(ADA) + "/letter")))
        .contains("It is not mailed, because the owner has not proved the address yet")
        .contains("not mailed");
    assertThat(root.browser.get("/system/mail?text=password").body()).contains("No mail matches");
  }

  @Test
  void R547_a_reset_ends_every_session_and_signs_nobody_in() {
    var ada = root.colleague(ADA, "AccountAdmin", PASSWORD);
    root.press(root.row(ADA) + "/letter");

    var answer = root.use(root.shownLink(ADA), OTHER);

    assertThat(answer.headers().firstValue("Location")).hasValue("/system/login");
    assertThat(answer.headers().allValues("Set-Cookie"))
        .noneMatch(cookie -> cookie.startsWith("postern-session="));
    assertThat(ada.browser.get(Management.PATH).statusCode()).isEqualTo(303);
    assertThat(Visits.signIn(console.browser(), ADA, PASSWORD).statusCode()).isEqualTo(401);
    root.signedIn(ADA, OTHER);
    assertThat(root.list()).contains("none</span>");
  }

  @Test
  void a_letter_that_still_waits_is_cancelled_when_its_link_was_used_by_hand() {
    root.create(ADA, "AccountAdmin");
    root.use(root.shownLink(ADA), PASSWORD);
    assertThat(root.browser.get("/system/mail?text=ada&state=cancelled").body()).contains(ADA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/link", "/letter"})
  void R562_a_link_is_shown_and_sent_only_with_the_token_of_the_form(String what) {
    root.create(ADA, "AccountAdmin");
    var path = root.row(ADA) + what;
    assertThat(root.browser.post(path, Map.of()).statusCode()).isEqualTo(403);
    assertThat(root.browser.get(path).statusCode()).as("not by GET").isEqualTo(405);
  }

  @Test
  void what_is_wrong_with_the_password_is_said_and_the_link_goes_on_working() {
    root.create(ADA, "AccountAdmin");
    var link = root.shownLink(ADA);
    var answer = root.use(link, "too short");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("A password has at least 15");
    assertThat(root.use(link, PASSWORD).statusCode()).isEqualTo(303);
    assertThat(console.browser().get(link).body()).contains("was used already");
  }

  /// The link in the newest of so many letters.
  private String mailed(int count) {
    Eventually.until(() -> postbox.mails().size() >= count);
    return postbox.mails().get(count - 1).link();
  }
}
