package io.postern.console.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
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
      postgres.end();

      // Its session cannot be looked up, before any page is reached.
      var page = root.get("/system");
      assertThat(page.statusCode()).isEqualTo(503);
      assertThat(page.body()).contains("Not done for now", SAID);
      var health = stranger.get("/actuator/health/mail");
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body()).contains("DOWN", "The database does not answer.");
      assertThat(stranger.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }
  }
}
