package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The pages of *Account Management*: the list, *Create account*, roles, *Delete*.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccountManagementTest {
  private static final String PASSWORD = "four random words here now";

  private Path directory;
  private RunningConsole console;
  private Management root;

  @BeforeAll
  void start(@TempDir Path temporary) {
    directory = temporary;
    console = RunningConsole.start(directory, Map.of());
    Visits.setUp(console);
  }

  @BeforeEach
  void signIn() {
    root = new Management(console, console.browser()).signedIn(Visits.ROOT, Visits.PASSWORD);
    root.deleteAllBut(Visits.ROOT);
  }

  @AfterAll
  void stop() {
    console.close();
  }

  @Test
  void with_one_account_the_page_says_why_a_second_is_wanted() {
    assertThat(root.list())
        .contains("One account only", "Create a second Root Administrator", "1 account");
    root.create("ada@example.com", "RootAdmin");
    assertThat(root.list()).doesNotContain("One account only").contains("2 accounts");
  }

  @Test
  void a_new_account_is_listed_with_role_state_and_link() {
    var said = root.said(root.create("ada@example.com", "OperationAdmin"));

    assertThat(said)
        .contains("Ada Love is created as Operations Administrator")
        .contains("It waits until SMTP is configured")
        .contains("ada@example.com", "Not activated", "never", "letter waits to be sent");
    assertThat(said).as("no link").doesNotContain("/link/0");
  }

  @Test
  void an_address_that_is_taken_in_other_letters_is_refused() {
    root.create("ada@example.com", "RootAdmin");
    var answer = root.create("ADA@Example.com", "AccountAdmin");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("has a system account already");
  }

  @Test
  void the_list_is_filtered_by_address_and_name() {
    root.create("ada@example.com", "RootAdmin");
    assertThat(root.browser.get(Management.PATH + "?text=LOVE").body())
        .contains("ada@example.com", "1 account")
        .doesNotContain("Actions for " + Visits.ROOT);
    assertThat(root.browser.get(Management.PATH + "?text=%25").body())
        .contains("No account matches");
  }

  @Test
  void the_list_has_pages_of_25() {
    for (var number = 0; number < SystemAccounts.PAGE_ROWS; number++) {
      root.create("a%02d@example.com".formatted(number), "AccountAdmin");
    }
    var first = root.list();
    assertThat(first).contains("26 accounts", "page=2").doesNotContain("Actions for root@");
    assertThat(root.browser.get(Management.PATH + "?page=2").body())
        .contains("Actions for root@")
        .doesNotContain("Actions for a24@", "page=3");
    root.press(root.row("a00@example.com") + "/delete", Map.of("name", "a00@example.com"));
    assertThat(root.list()).contains("25 accounts", "Actions for root@").doesNotContain("page=2");
  }

  @Test
  void deleting_asks_for_the_address_and_ends_sessions() {
    var ada = root.colleague("ada@example.com", "AccountAdmin", PASSWORD);
    var delete = root.row("ada@example.com") + "/delete";
    assertThat(root.browser.get(delete).body()).contains("removed for good");

    var wrong = root.press(delete, Map.of("name", "ada@example.org"));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("does not match", "value=\"ada@example.org\"");
    assertThat(ada.browser.get(Management.PATH).statusCode()).isEqualTo(200);

    assertThat(root.said(root.press(delete, Map.of("name", " ADA@example.com "))))
        .contains("ada@example.com is deleted", "1 account");
    assertThat(ada.browser.get(Management.PATH).statusCode()).isEqualTo(303);
    assertThat(root.browser.get(delete).statusCode()).isEqualTo(404);
  }

  @Test
  void the_letter_of_a_deleted_account_is_cancelled() {
    root.create("ada@example.com", "AccountAdmin");
    root.press(root.row("ada@example.com") + "/delete", Map.of("name", "ada@example.com"));
    assertThat(root.browser.get("/system/mail?text=ada").body()).contains("Cancelled</span>");
  }

  @Test
  void a_role_changes_what_its_owner_may_do_at_once() {
    var ada = root.colleague("ada@example.com", "AccountAdmin", PASSWORD);
    assertThat(ada.browser.get("/system/tenants").statusCode()).isEqualTo(403);

    var role = root.row("ada@example.com") + "/role";
    assertThat(root.browser.get(role).body()).contains("is Account Administrator", "SMTP, letters");
    assertThat(root.said(root.press(role, Map.of("adminType", "OperationAdmin"))))
        .contains("Ada Love is Operations Administrator from now on");

    assertThat(ada.browser.get("/system/tenants").statusCode()).isEqualTo(200);
    assertThat(ada.browser.get(Management.PATH).statusCode()).isEqualTo(403);
    assertThat(root.press(role, Map.of("adminType", "OperationAdmin")).body())
        .contains("is Operations Administrator already");
    assertThat(root.press(role, Map.of("adminType", "TenantAdmin")).statusCode()).isEqualTo(422);
  }

  @Test
  void nobody_deletes_or_demotes_themselves() {
    var own = root.row(Visits.ROOT);
    assertThat(root.list()).doesNotContain(own + "/role", own + "/delete");

    var deleted = root.press(own + "/delete", Map.of("name", Visits.ROOT));
    assertThat(deleted.statusCode()).isEqualTo(422);
    assertThat(deleted.body()).contains("This is your own account");
    var demoted = root.press(own + "/role", Map.of("adminType", "AccountAdmin"));
    assertThat(demoted.statusCode()).isEqualTo(422);
    assertThat(root.list()).contains("Root Administrator");
  }

  @Test
  void R566_an_account_administrator_reaches_all_accounts_but_roots() {
    var ada = root.colleague("ada@example.com", "AccountAdmin", PASSWORD);
    var rootRow = root.row(Visits.ROOT);
    assertThat(ada.list())
        .contains(Visits.ROOT)
        .doesNotContain("Actions for " + Visits.ROOT, "/system/mail/");

    assertThat(ada.press(rootRow + "/link").statusCode()).isEqualTo(403);
    assertThat(ada.press(rootRow + "/letter").statusCode()).isEqualTo(403);
    assertThat(ada.press(rootRow + "/delete", Map.of("name", Visits.ROOT)).body())
        .contains("Only a Root Administrator");
    assertThat(ada.press(rootRow + "/role", Map.of("adminType", "AccountAdmin")).body())
        .contains("Only a Root Administrator");
    assertThat(ada.browser.get(Management.PATH + "/new").body())
        .contains("A Root or Operations Administrator can mend it")
        .doesNotContain("RootAdmin", "/administration/smtp");
    assertThat(ada.create("eve@example.com", "RootAdmin").body())
        .contains("Only a Root Administrator can create a root account");

    assertThat(ada.create("ben@example.com", "OperationAdmin").statusCode()).isEqualTo(303);
    var ben = ada.row("ben@example.com");
    assertThat(ada.press(ben + "/role", Map.of("adminType", "RootAdmin")).statusCode())
        .isEqualTo(422);
    assertThat(ada.press(ben + "/delete", Map.of("name", "ben@example.com")).statusCode())
        .isEqualTo(303);
  }

  @Test
  void R561_all_sessions_of_another_account_end_and_the_password_opens_new_ones() {
    root.create("ada@example.com", "AccountAdmin");
    assertThat(root.list()).as("nobody can be signed in yet").doesNotContain("End all sessions");
    root.use(root.shownLink("ada@example.com"), PASSWORD);
    var ada = root.signedIn("ada@example.com", PASSWORD);
    var elsewhere = root.signedIn("ada@example.com", PASSWORD);
    assertThat(root.list()).contains("End all sessions");

    var end = root.row("ada@example.com") + "/end-sessions";
    assertThat(root.browser.get(end).body())
        .contains("ada@example.com", "ends at once, on every machine", "action=\"" + end + "\"");
    assertThat(ada.browser.get(Management.PATH).statusCode()).as("asked only").isEqualTo(200);
    assertThat(root.said(root.press(end)))
        .contains("Every session and API token of ada@example.com has ended");

    for (var ended : List.of(ada, elsewhere)) {
      assertThat(ended.browser.get(Management.PATH).statusCode()).isEqualTo(303);
    }
    assertThat(root.browser.get(Management.PATH).statusCode()).isEqualTo(200);
    assertThat(root.signedIn("ada@example.com", PASSWORD).list()).contains("2 accounts");
    assertThat(Trail.sentences(directory))
        .contains("Ended every session and API token of the account");
  }

  @Test
  void R566_sessions_are_ended_by_whom_the_account_is_in_reach() {
    var ada = root.colleague("ada@example.com", "AccountAdmin", PASSWORD);
    var rootRow = root.row(Visits.ROOT);
    assertThat(ada.press(rootRow + "/end-sessions").statusCode()).isEqualTo(403);
    assertThat(root.browser.get(Management.PATH).statusCode()).isEqualTo(200);
    var own = root.press(rootRow + "/end-sessions");
    assertThat(own.statusCode()).isEqualTo(409);
    assertThat(own.body()).contains("My Account, Sessions ends the others");
    assertThat(root.list()).doesNotContain(rootRow + "/end-sessions");
    assertThat(root.press(Management.PATH + "/0123/end-sessions").statusCode()).isEqualTo(404);
    assertThat(Trail.sentences(directory))
        .contains("Refused: only a Root Administrator can end the sessions of a root account");
  }

  @Test
  void R567_an_old_session_changes_no_account_and_shows_no_link() {
    root.create("ada@example.com", "AccountAdmin");
    var row = root.row("ada@example.com");
    console.pass(Duration.ofMinutes(15));
    var fields =
        Map.of("emailId", "eve@example.com", "adminType", "RootAdmin", "name", "ada@example.com");

    for (var path :
        List.of(
            Management.PATH,
            row + "/link",
            row + "/letter",
            row + "/role",
            row + "/end-sessions",
            row + "/delete")) {
      var answer = root.press(path, fields);
      assertThat(answer.statusCode()).as(path).isEqualTo(403);
      assertThat(answer.body()).contains("Enter your password again").doesNotContain("id=\"url\"");
    }
    assertThat(root.list())
        .contains("2 accounts", "Account Administrator")
        .doesNotContain("eve@example.com");
  }

  @Test
  void R571_what_was_done_stands_in_the_audit_log_without_secrets() {
    root.colleague("ada@example.com", "AccountAdmin", PASSWORD);
    root.press(root.row("ada@example.com") + "/role", Map.of("adminType", "OperationAdmin"));
    root.press(root.row("ada@example.com") + "/letter");
    root.press(root.row("ada@example.com") + "/delete", Map.of("name", "ada@example.com"));

    assertThat(Trail.sentences(directory))
        .contains(
            "Created as Account Administrator",
            "The activation link was shown",
            "The account was activated with its link",
            "The role was changed from Account Administrator to Operations Administrator",
            "A password reset link was made",
            "Deleted with its sessions, keys and links")
        .noneMatch(sentence -> sentence.contains("/link/") || sentence.contains(PASSWORD));
  }
}
