package io.postern.console.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Eventually;
import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import io.postern.console.api.ApiClient;
import io.postern.console.platform.database.PrivatePostgres;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators and programs see while PostgreSQL is away: that the database does not answer and
/// nothing was changed, not a fault of Postern's.
final class DatabaseGoneTest {
  private static final String SAID = "The database could not be read or written";

  @Test
  void pages_and_calls_say_that_the_database_does_not_answer(@TempDir Path directory)
      throws Exception {
    var postgres = PrivatePostgres.under(Map.of());
    var url = postgres.url(postgres.create());
    try (var console = RunningConsole.start(directory, Map.of("POSTERN_DATABASE_URL", url))) {
      var root = Visits.setUp(console);
      assertThat(root.get("/system").statusCode()).isEqualTo(200);

      var stranger = console.browser();
      var program = ApiClient.anonymous(console).with("ApiKey", "postern_key_x");
      postgres.end();

      // Its session cannot be looked up, before any page is reached.
      var page = root.get("/system");
      assertThat(page.statusCode()).isEqualTo(503);
      assertThat(page.body()).contains("Not done for now", SAID, "Reference <code>");
      assertThat(program.get("/v1/mails").problem()).isEqualTo("503 database-unavailable");
      // Its figures are some seconds old.
      var health = "/actuator/health/mail";
      Eventually.until(() -> stranger.get(health).statusCode() == 503);
      assertThat(stranger.get(health).body()).contains("DOWN", "The database does not answer.");
      assertThat(stranger.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }
  }
}
