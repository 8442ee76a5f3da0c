package io.postern.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.Eventually;
import io.postern.console.RunningConsole;
import io.postern.console.accounts.Management;
import io.postern.console.accounts.Visits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
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

  @Test
  void R740_how_long_mail_waits_stands_there_and_what_waits_for_too_long_is_said(
      @TempDir Path directory) throws IOException {
    try (var console = RunningConsole.start(directory, Map.of());
        var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var root = Visits.setUp(console);
      assertThat(root.get("/system").body())
          .contains("0 waiting")
          .doesNotContain("The oldest came", "has waited", "none was accepted");

      new Management(console, root).saveRelay(silent.getLocalPort());
      invite(root, "Acme");
      console.pass(Duration.ofMinutes(10));
      invite(root, "Bolt");
      console.pass(Duration.ofMinutes(40));

      // The figures are some seconds old.
      Eventually.until(() -> root.get("/system").body().contains("99 % for 50 minutes or less."));
      assertThat(root.get("/system").body())
          .contains(
              "2 waiting",
              "The oldest came",
              "Half of them have waited for 50 minutes or less",
              "A security letter has waited for 50 minutes.",
              "See what waits");
    }
  }

  private static void invite(Browser root, String name) {
    root.submit(
        "/system/tenants/new",
        "/system/tenants",
        Map.of(
            "orgName", name, "firstName", "A", "lastName", "B", "emailId", name + "@tenant.test"));
  }
}
