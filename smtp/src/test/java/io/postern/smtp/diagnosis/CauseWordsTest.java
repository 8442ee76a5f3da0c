package io.postern.smtp.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.diagnosis.Causes.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The words of every cause: whole, in form, only with blanks that the code can fill, and with a
/// page under docs/findings.
class CauseWordsTest {
  private static final Path WORDS = Path.of("src/main/resources/io/postern/smtp/diagnosis/causes");
  private static final Path CATALOGUE =
      Path.of("src/test/resources/io/postern/smtp/diagnosis/catalogue.txt");
  private static final Path PAGES = Path.of("../docs/findings");

  private static final int CAUSES = 145;
  private static final int TITLE_CHARACTERS_MAX = 60;
  private static final int SENTENCE_CHARACTERS_MAX = 220;
  private static final int PAGE_LINES_MIN = 15;
  private static final int PAGE_LINES_MAX = 45;

  private static final Pattern KEYS = Pattern.compile("cause title summary (step ){1,4}retry");
  private static final Pattern BLANK = Pattern.compile("\\{([^}]*)}");
  private static final Set<String> BLANKS =
      Set.of(
          "host",
          "port",
          "provider",
          "Provider",
          "username",
          "from",
          "from-domain",
          "to",
          "to-domain",
          "ehlo",
          "detail");
  private static final Pattern BEHIND_ARROW = Pattern.compile("=> ([a-z0-9-]+)");
  private static final Pattern EXPECTED =
      Pattern.compile("[\" ]([a-z0-9]+(?:-[a-z0-9]+)+)(?: certain| likely| guess)?\"");
  private static final Pattern LINK = Pattern.compile("]\\(([^):#]+)(#[^)]*)?\\)");

  @Test
  void every_cause_of_the_catalogue_has_words_in_the_file_of_its_family() throws IOException {
    var catalogue = new TreeMap<String, String>();
    for (var line : Files.readAllLines(CATALOGUE)) {
      if (!line.startsWith("#")) {
        var words = line.split(" ", -1);
        catalogue.put(words[1], words[0]);
      }
    }

    var found =
        all().collect(Collectors.toMap(Words::slug, Words::family, (a, _) -> a, TreeMap::new));

    assertEquals(CAUSES, catalogue.size());
    assertEquals(catalogue, found);
  }

  @Test
  void the_keys_of_a_cause_stand_in_their_order() throws IOException {
    for (var file : files(WORDS, ".txt")) {
      for (var block : Files.readString(file).split("\n\n", -1)) {
        var lines = block.lines().filter(line -> !line.startsWith("#")).toList();
        var keys =
            lines.stream()
                .map(line -> line.substring(0, line.indexOf(": ")))
                .collect(Collectors.joining(" "));
        assertTrue(lines.isEmpty() || KEYS.matcher(keys).matches(), () -> file + ": " + lines);
      }
    }
  }

  @Test
  void a_title_is_a_headline_of_60_characters_at_most_with_no_blank_to_fill() {
    all()
        .map(Words::title)
        .forEach(title -> {
          assertTrue(title.length() <= TITLE_CHARACTERS_MAX, title);
          assertFalse(title.contains("{") || title.endsWith("."), title);
        });
    assertEquals(CAUSES, all().map(Words::title).distinct().count(), "two titles are the same");
  }

  @Test
  void only_known_blanks_and_the_detail_only_as_the_last_sentence_of_the_summary() {
    all()
        .flatMap(CauseWordsTest::sentences)
        .flatMap(sentence -> BLANK.matcher(sentence).results())
        .forEach(blank -> assertTrue(BLANKS.contains(blank.group(1)), blank.group()));
    all()
        .forEach(words -> {
          var summary = words.summary();
          assertTrue(
              !summary.contains("{detail}")
                  || summary.indexOf(". {detail}") == summary.length() - ". {detail}".length(),
              summary);
          assertFalse(String.join(" ", words.steps()).contains("{detail}"), words.slug());
        });
  }

  @Test
  void words_are_short_and_in_the_tone_of_the_house() {
    all()
        .flatMap(CauseWordsTest::sentences)
        .forEach(sentence -> {
          assertTrue(sentence.length() <= SENTENCE_CHARACTERS_MAX, sentence);
          assertFalse(sentence.matches("(?i).*\\b(please|oops|sorry)\\b.*"), sentence);
          assertFalse(sentence.contains("!"), sentence);
        });
  }

  @Test
  void every_cause_has_a_page_with_its_title_and_no_page_is_left_over() throws IOException {
    var titles =
        files(PAGES, ".md").stream()
            .filter(file -> !file.endsWith("README.md"))
            .collect(
                Collectors.toMap(
                    file -> file.getFileName().toString().replace(".md", ""),
                    CauseWordsTest::firstLine,
                    (a, _) -> a,
                    TreeMap::new));

    Map<String, String> expected =
        all().collect(Collectors.toMap(Words::slug, words -> "# " + words.title()));

    assertEquals(new TreeMap<>(expected), titles);
  }

  @Test
  void a_page_tells_by_what_what_to_do_and_from_where_and_stays_short() throws IOException {
    for (var slug : Causes.slugs()) {
      var page = Files.readAllLines(PAGES.resolve(slug + ".md"));
      assertTrue(page.size() >= PAGE_LINES_MIN && page.size() <= PAGE_LINES_MAX, slug);
      assertEquals(
          List.of(
              "## How Postern recognizes it",
              "## What to do",
              "## How to verify",
              "## Easily confused with",
              "## Sources"),
          page.stream().filter(line -> line.startsWith("## ")).toList(),
          slug);
      var retry = Causes.of(slug).retryUseful() ? " may help." : " does not help.";
      var line =
          "Cause `%s`, family *%s*. Trying again unchanged%s"
              .formatted(slug, Causes.of(slug).family(), retry);
      assertTrue(page.contains(line), slug);
    }
  }

  /// Replies are judged by data, measured facts by code (docs/adr/0010).
  @Test
  void every_cause_has_a_rule_over_replies_or_one_over_facts() throws IOException {
    var missing = new TreeSet<>(Causes.slugs());
    Rulebook.providers()
        .forEach(provider -> provider.rules().forEach(rule -> missing.remove(rule.cause())));
    assertFalse(missing.isEmpty());
    for (var room : List.of("diagnosis", "check")) {
      for (var file : files(Path.of("src/main/java/io/postern/smtp", room), ".java")) {
        var code = Files.readString(file);
        missing.removeIf(slug -> code.contains('"' + slug + '"'));
      }
    }
    assertEquals(Set.of(), missing);
  }

  /// Rules have cases, which RulebookTest plays; conversations name a cause behind `=>`; tests of
  /// what has no reply name it as the cause that they expect.
  @Test
  void every_cause_is_produced_by_something_that_a_test_plays() throws IOException {
    var missing = new TreeSet<>(Causes.slugs());
    Rulebook.providers()
        .forEach(provider ->
            provider.rules().stream()
                .filter(rule -> !rule.cases().isEmpty())
                .forEach(rule -> missing.remove(rule.cause())));
    for (var file : files(Path.of("src/test/resources/conversations"), ".smtp")) {
      BEHIND_ARROW
          .matcher(Files.readString(file))
          .results()
          .forEach(found -> missing.remove(found.group(1)));
    }
    try (var sources = Files.walk(Path.of("src/test/java"))) {
      for (var file : sources.filter(each -> each.toString().endsWith("Test.java")).toList()) {
        EXPECTED
            .matcher(Files.readString(file))
            .results()
            .forEach(found -> missing.remove(found.group(1)));
      }
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void every_page_says_how_to_verify_with_something_to_do() throws IOException {
    for (var slug : Causes.slugs()) {
      var page = Files.readAllLines(PAGES.resolve(slug + ".md"));
      var begin = page.indexOf("## How to verify") + 1;
      var steps =
          page.subList(begin, page.size()).stream()
              .takeWhile(line -> !line.startsWith("## "))
              .filter(line -> line.startsWith("- "))
              .toList();
      assertTrue(steps.size() >= 2, slug);
    }
  }

  @Test
  void every_link_in_the_findings_leads_to_a_page() throws IOException {
    for (var file : files(PAGES, ".md")) {
      LINK.matcher(Files.readString(file))
          .results()
          .map(link -> PAGES.resolve(link.group(1)))
          .forEach(page -> assertTrue(Files.isRegularFile(page), () -> file + " links " + page));
    }
  }

  @Test
  void the_index_names_every_cause_once() throws IOException {
    var index = Files.readString(PAGES.resolve("README.md"));
    var named =
        LINK.matcher(index)
            .results()
            .map(link -> link.group(1).replace(".md", ""))
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));

    assertEquals(new TreeSet<>(Causes.slugs()), named.keySet());
    assertEquals(Set.of(1L), Set.copyOf(named.values()));
  }

  private static Stream<Words> all() {
    return Causes.slugs().stream().map(Causes::of);
  }

  private static Stream<String> sentences(Words words) {
    return Stream.concat(Stream.of(words.summary()), words.steps().stream());
  }

  private static String firstLine(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().orElse("");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
