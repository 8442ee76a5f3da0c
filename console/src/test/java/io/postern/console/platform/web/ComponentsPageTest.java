package io.postern.console.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComponentsPageTest {

  @Test
  void the_page_shows_what_the_document_describes_in_the_same_order(@TempDir Path directory)
      throws IOException {
    try (var console = RunningConsole.start(directory, Map.of())) {
      assertThat(console.browser().get(ComponentsPage.PATH).statusCode()).isEqualTo(303);
      var root = Visits.setUp(console);
      var page = root.get(ComponentsPage.PATH).body();
      var described = Files.readString(Path.of("../docs/components.md"));
      assertThat(found("<h2 id=\"[a-z-]+\">([^<]+)</h2>", page))
          .isEqualTo(found("(?m)^## (.+)$", described));
    }
  }

  private static java.util.List<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult each) -> each.group(1))
        .toList();
  }
}
