package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages about the API, for people who need not be signed in.
final class ReferencePagesTest {
  @Test
  void they_tell_of_every_call_and_every_problem_and_their_links_lead_somewhere(
      @TempDir Path directory) throws IOException {
    try (var console = Root.console(directory)) {
      var page = console.browser().get("/docs/api").body();
      for (var call : Calls.all()) {
        assertThat(page).contains("<code>" + call + "</code>");
      }
      assertThat(page).contains("curl -X POST http://localhost:").contains("/v1/tenants");
      Pattern.compile("href=\"#([^\"]+)\"")
          .matcher(page)
          .results()
          .forEach(link -> assertThat(page).contains("id=\"" + link.group(1) + "\""));
      var problems = console.browser().get("/docs/problems").body();
      assertThat(problems).contains("id=\"tenant-exists\"").contains("id=\"step-up-required\"");
    }
  }
}
