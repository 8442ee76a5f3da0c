package io.postern.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first page.
final class OverviewTest {
  private static final String CREATE = "href=\"/system/tenants/new\"";

  @Test
  void what_was_done_is_no_longer_listed_as_next(@TempDir Path directory) {
    try (var console = RunningConsole.start(directory, Map.of())) {
      var root = Visits.setUp(console);
      assertThat(root.get("/system").body()).contains("Configure SMTP", CREATE);

      root.submit(
          "/system/tenants/new",
          "/system/tenants",
          Map.of("orgName", "Acme", "firstName", "A", "lastName", "B", "emailId", "a@acme.test"));

      assertThat(root.get("/system").body())
          .contains("Configure SMTP", "Its invitation waits until mail goes out.")
          .doesNotContain(CREATE);
    }
  }
}
