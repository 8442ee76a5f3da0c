package io.postern.console.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.console.platform.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documents say of the project is so: links lead somewhere, paths exist, tables are
/// complete.
class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("!?\\[[^\\]\\n]*]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?)\\s*$");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern FENCED = Pattern.compile("(?s)```.*?```");

  private static final List<String> ROOTS =
      List.of(
          "",
          "console/src/main/java/io/postern/console",
          "smtp/src/main/java/io/postern/smtp",
          "console/src/main/jte");

  @Test
  void every_link_leads_to_a_file_or_a_heading_of_the_project() {
    var broken = new ArrayList<String>();
    for (var document : ProjectFiles.ending(".md")) {
      var text = FENCED.matcher(ProjectFiles.read(document)).replaceAll("");
      found(LINK, text)
          .filter(link -> !link.matches("[a-z]+:.*"))
          .filter(link -> !leads(document, link))
          .forEach(link -> broken.add(document + " -> " + link));
    }
    assertEquals("", String.join("\n", broken));
  }

  private static boolean leads(Path document, String link) {
    var parts = link.split("#", 2);
    var folder = Objects.requireNonNullElse(document.getParent(), Path.of(""));
    var target = parts[0].isEmpty() ? document : folder.resolve(parts[0]).normalize();
    if (!ProjectFiles.exists(target)) {
      return false;
    }
    return parts.length == 1
        || found(HEADING, ProjectFiles.read(target))
            .map(DocumentsTest::anchor)
            .anyMatch(parts[1]::equals);
  }

  /// As code hosts make it from a heading.
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  @Test
  void every_path_that_developers_are_sent_to_exists() {
    var missing =
        Stream.of("ARCHITECTURE.md", "HACKING.md", "docs/components.md")
            .flatMap(document -> found(CODE, ProjectFiles.read(document)))
            .filter(word -> word.matches("[A-Za-z0-9_./-]+"))
            .filter(word -> !word.startsWith("/"))
            .filter(word -> word.contains("/") || word.matches(".*\\.(java|jte|md|sql|css|js)"))
            .filter(
                word -> ROOTS.stream().noneMatch(root -> ProjectFiles.exists(Path.of(root, word))))
            .toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void the_dependencies_are_those_of_the_poms() {
    var named =
        new TreeSet<>(
            found(CODE, ProjectFiles.read("docs/dependencies.md"))
                .filter(word -> word.matches("[a-z0-9.-]+:[A-Za-z0-9._-]+"))
                .toList());
    var used = new TreeSet<String>();
    ProjectFiles.ending("pom.xml").forEach(pom -> used.addAll(Poms.artifacts(pom)));
    assertEquals(String.join("\n", used), String.join("\n", named));
  }

  /// By variable: flag, variable, key in the file, default.
  @Test
  void the_table_of_settings_is_complete() {
    var rows = new TreeMap<String, String>();
    ProjectFiles.read("docs/operating/settings.md")
        .lines()
        .filter(line -> line.startsWith("| `") || line.startsWith("| - |"))
        .map(line -> line.split(" *\\| *", -1))
        .forEach(cells -> rows.put(cells[2], String.join(" ", cells[1], cells[3], cells[4])));
    var expected = new TreeMap<String, String>();
    for (var setting : Setting.values()) {
      expected.put(
          "`" + setting.variable() + "`",
          String.join(
              " ",
              setting.flag() == null ? "-" : "`" + setting.flag() + "`",
              setting == Setting.DATA_DIR ? "-" : "`" + setting.property() + "`",
              setting.fallback() == null ? "none" : "`" + setting.fallback() + "`"));
    }
    assertEquals(expected, rows);
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult each) -> each.group(1));
  }
}
