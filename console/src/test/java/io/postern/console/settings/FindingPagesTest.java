package io.postern.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import io.postern.smtp.diagnosis.Causes;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages behind the causes, on the running console and without signing in.
final class FindingPagesTest {
  @TempDir static Path directory;
  private static RunningConsole console;

  @BeforeAll
  static void start() {
    console = RunningConsole.start(directory, Map.of());
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void every_cause_has_its_page_with_its_title() {
    for (var cause : Causes.slugs()) {
      var answer = console.browser().get("/docs/findings/" + cause);
      assertThat(answer.statusCode()).as(cause).isEqualTo(200);
      assertThat(answer.body()).as(cause).contains("<h2>What to do</h2>");
    }
  }

  @Test
  void links_between_pages_lead_to_pages_and_links_out_open_beside() {
    var page = console.browser().get("/docs/findings/app-password-required").body();
    assertThat(page)
        .contains("href=\"/docs/findings/auth-bad-credentials\"")
        .doesNotContain(".md\"");
    assertThat(page).contains("rel=\"noreferrer noopener\"");
  }

  @Test
  void the_index_lists_the_causes_in_tables() {
    var page = console.browser().get("/docs/findings").body();
    assertThat(page).contains("<table>").contains("href=\"/docs/findings/host-not-found\"");
  }

  @Test
  void what_is_no_cause_is_no_page() {
    for (var name : new String[] {"no-such-cause", "README", "..%2F..%2Fapplication.properties"}) {
      assertThat(console.browser().get("/docs/findings/" + name).statusCode())
          .as(name)
          .isBetween(400, 404);
    }
  }
}
