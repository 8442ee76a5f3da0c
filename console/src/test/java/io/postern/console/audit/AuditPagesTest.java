package io.postern.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import io.postern.console.platform.database.SqliteDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The *Audit* tab in the running console: who did what, and the file of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuditPagesTest {
  private static final String PASSWORD = Visits.PASSWORD;
  private static final String PAGE = AuditPages.PATH;

  private Path directory;
  private RunningConsole console;
  private Browser root;

  @BeforeAll
  void start(@TempDir Path directory) {
    this.directory = directory;
    console = RunningConsole.start(directory, Map.of());
    root = Visits.setUp(console);
    create("=HYPERLINK(1)");
  }

  @BeforeEach
  void signIn() {
    become("ROOT");
    root = console.browser();
    root.submit(
        "/system/login",
        "/system/login",
        Map.of("email", "root@example.com", "password", PASSWORD));
  }

  @AfterAll
  void stop() {
    console.close();
  }

  @Test
  void the_tab_tells_who_did_what_and_when() {
    var page = root.get(PAGE + "?what=HYPERLINK&action=create");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("aria-current=\"page\">Audit</a>")
        .contains("root@example.com")
        .contains("127.0.0.1")
        .contains("=HYPERLINK(1)")
        .contains("datetime=\"2026-11-24T12:00:00Z\" title=\"2026-11-24 12:00:00 UTC\"");
  }

  @Test
  void words_days_and_action_narrow_the_list() {
    assertThat(root.get(PAGE + "?what=HYPERLINK&action=create").body()).contains("1 entry");
    assertThat(root.get(PAGE + "?who=nobody").body()).contains("No entry matches");
    assertThat(root.get(PAGE + "?from=2026-11-25").body()).contains("No entry matches");
    assertThat(root.get(PAGE + "?what=HYPER&from=2026-11-24&to=2026-11-24").body())
        .contains("=HYPERLINK(1)")
        .contains("value=\"2026-11-24\"");
  }

  @Test
  void what_cannot_be_filtered_by_is_told_at_its_field_and_kept() {
    var page = root.get(PAGE + "?from=yesterday&to=2026-13-01&who=root");
    assertThat(page.statusCode()).isEqualTo(422);
    assertThat(page.body()).contains("value=\"yesterday\"").contains("A day such as 2026-11-24");
    assertThat(root.get(PAGE + "?from=2026-11-25&to=2026-11-24").body())
        .contains("This day is before the first one");
  }

  @ParameterizedTest
  @CsvSource({"200,200", "201,422"})
  void words_have_up_to_200_characters(int length, int status) {
    assertThat(root.get(PAGE + "?what=" + "a".repeat(length)).statusCode()).isEqualTo(status);
    assertThat(root.get(PAGE + "?who=" + "a".repeat(length)).statusCode()).isEqualTo(status);
  }

  @Test
  void pages_follow_each_other_and_keep_the_filter() {
    for (var i = 0; i < AuditView.ROWS; i++) {
      create("Company " + i);
    }
    var first = root.get(PAGE + "?action=create").body();
    assertThat(first).contains(">Older<").doesNotContain(">Newest<").contains("Company 49");
    var older = first.replaceAll("(?s).*<a href=\"([^\"]*before=[^\"]*)\".*", "$1");
    var next = root.get(older.replace("&amp;", "&")).body();
    assertThat(next).contains(">Newest<").contains("=HYPERLINK(1)").doesNotContain("Company 49");
  }

  @Test
  void the_csv_is_safe_for_spreadsheets_and_its_making_is_an_entry() {
    var file = export("csv", Map.of("what", "HYPERLINK", "action", "create"));
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=postern-audit.csv");
    assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(file.body().lines()).hasSize(2);
    assertThat(file.body()).contains("\"'=HYPERLINK(1)\"").contains("\"root@example.com\"");
    assertThat(root.get(PAGE).body())
        .contains("Exported 1 entries of the audit log as CSV: what HYPERLINK, action create.");
  }

  @Test
  void json_lines_hold_every_entry_with_its_hashes() {
    for (var i = 0; i < 10; i++) {
      create("Firm " + i);
    }
    var lines = export("json", Map.of()).body().lines().toList();
    var mapper = tools.jackson.databind.json.JsonMapper.builder().build();
    for (var i = 0; i < lines.size() - 1; i++) {
      assertThat(mapper.readTree(lines.get(i)).at("/metadata/previousHash").asString())
          .isEqualTo(mapper.readTree(lines.get(i + 1)).at("/metadata/hash").asString());
    }
    assertThat(mapper.readTree(lines.getLast()).at("/metadata/sequence").asLong()).isEqualTo(1);
    assertThat(lines.size()).isGreaterThan(10);
  }

  @Test
  void R567_an_export_needs_a_fresh_factor() {
    console.pass(Duration.ofMinutes(16));
    var answer = export("csv", Map.of());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("Enter your password again");
  }

  @Test
  void a_form_that_does_not_exist_is_refused() {
    assertThat(export("xml", Map.of()).statusCode()).isEqualTo(422);
    assertThat(export("csv", Map.of("from", "yesterday")).statusCode()).isEqualTo(422);
  }

  @Test
  void nobody_reads_it_without_signing_in() {
    assertThat(console.browser().get(PAGE).statusCode()).isEqualTo(303);
  }

  @ParameterizedTest
  @CsvSource({
    "ROOT,200,smtp",
    "OPERATIONS,200,smtp",
    "ACCOUNTS,200,audit",
  })
  void system_administrators_read_it_and_the_menu_leads_them_to_their_first_tab(
      String role, int status, String tab) {
    become(role);
    assertThat(root.get(PAGE).statusCode()).isEqualTo(status);
    var menu = root.get("/system/administration");
    assertThat(menu.statusCode()).isEqualTo(303);
    assertThat(menu.headers().firstValue("Location").orElse("")).endsWith("administration/" + tab);
    assertThat(root.follow(menu).statusCode()).isEqualTo(200);
  }

  @Test
  void a_tenant_administrator_reads_none_of_it() {
    become("TENANT");
    assertThat(root.get(PAGE).statusCode()).isEqualTo(403);
    assertThat(export("csv", Map.of()).statusCode()).isEqualTo(403);
  }

  private void become(String role) {
    try (var database = new SqliteDatabase(directory.resolve("postern.db"))) {
      database.write(tx ->
          tx.jdbc()
              .sql("update account set role = ? where email = 'root@example.com'")
              .param(role)
              .update());
    }
  }

  private HttpResponse<String> export(String form, Map<String, String> filter) {
    var fields = new java.util.HashMap<>(filter);
    fields.put("form", form);
    return root.submit(PAGE, PAGE + "/export", fields);
  }

  private void create(String name) {
    var answer =
        root.submit(
            "/system/tenants/new",
            "/system/tenants",
            Map.of(
                "orgName",
                name,
                "firstName",
                "Ada",
                "lastName",
                "Love",
                "emailId",
                "ada@x%d.test".formatted(Math.floorMod(name.hashCode(), 1_000_000))));
    assertThat(answer.statusCode()).isEqualTo(303);
  }
}
