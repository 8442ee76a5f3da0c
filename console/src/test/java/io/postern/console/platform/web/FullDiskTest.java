package io.postern.console.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.Eventually;
import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators see while the disk of the data directory is full, and what becomes of what they
/// typed.
final class FullDiskTest {
  private static final String FULL =
      "The disk of the data directory /srv/postern is full. No new mail is taken.";
  private static final Map<String, String> TENANT =
      Map.of(
          "orgName", "Acme", "firstName", "Ada", "lastName", "Byron", "emailId", "ada@acme.test");
  private static final Pattern KEPT = Pattern.compile("name=\"_kept\" value=\"([^\"]+)\"");

  @TempDir Path directory;
  private RunningConsole console;
  private Browser root;

  @BeforeEach
  void start() {
    console = RunningConsole.start(directory, Map.of());
    root = Visits.setUp(console);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void overview_mail_and_health_say_so_and_readiness_does_not() {
    assertThat(root.get("/system").body()).doesNotContain("No mail is taken");
    console.fill(FULL);

    assertThat(root.get("/system").body()).contains("No mail is taken", FULL);
    assertThat(root.get("/system/mail").body()).contains("No mail is taken", FULL);
    // Its figures are some seconds old.
    Eventually.until(() -> root.get("/actuator/health/mail").body().contains("DEGRADED"));
    assertThat(root.get("/actuator/health/mail").body()).contains(FULL);
    assertThat(root.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
  }

  @Test
  void the_disk_that_health_measures_is_that_of_the_data_directory() {
    assertThat(root.get("/actuator/health/diskSpace").body())
        .contains("\"path\":\"" + directory.toAbsolutePath() + "\"");
  }

  @Test
  void a_new_tenant_keeps_what_was_typed_and_says_why() {
    console.fill(FULL);

    var answer = root.submit("/system/tenants/new", "/system/tenants", TENANT);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .contains(FULL, "value=\"Acme\"", "value=\"Ada\"", "value=\"ada@acme.test\"");
  }

  @Test
  void any_other_form_is_kept_sealed_and_sent_again_at_the_press_of_a_button() throws SQLException {
    var name = "/system/administration/instance";
    var typed = Map.of("displayName", "Acme Mail", "baseUrl", "https://mail.acme.test");
    console.fill(FULL);
    var file = "jdbc:sqlite:" + directory.resolve("postern.db");
    try (var other = DriverManager.getConnection(file);
        var statement = other.createStatement()) {
      statement.execute("begin immediate");
      var answer = root.submit(name, name, typed);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body())
          .contains("Not done for now", FULL, "What you typed is kept", "action=\"" + name + "\"")
          .doesNotContain("acme.test");
      statement.execute("rollback");
      console.fill(null);

      var kept = KEPT.matcher(answer.body());
      assertThat(kept.find()).isTrue();
      var again =
          root.post(name, Map.of("_csrf", Browser.token(answer.body()), "_kept", kept.group(1)));
      assertThat(again.statusCode()).isEqualTo(303);
      assertThat(root.get(name).body()).contains("Acme Mail");
    }
  }

  @Test
  void who_is_not_signed_in_is_not_told_where_the_data_lie() throws SQLException {
    console.fill(FULL);
    var file = "jdbc:sqlite:" + directory.resolve("postern.db");
    try (var other = DriverManager.getConnection(file);
        var statement = other.createStatement()) {
      statement.execute("begin immediate");
      var answer = Visits.signIn(console.browser(), Visits.ROOT, Visits.PASSWORD);

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body())
          .contains("the disk of this server is full")
          .doesNotContain("/srv/postern", "What you typed is kept");
      statement.execute("rollback");
    }
  }
}
