package io.postern.smtp.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The words of every cause: whole, in form, and only what the code can fill in.
class CauseWordsTest {
  private static final Path WORDS = Path.of("src/main/resources/io/postern/smtp/diagnosis/causes");
  private static final Path CATALOGUE =
      Path.of("src/test/resources/io/postern/smtp/diagnosis/catalogue.txt");

  private static final int CAUSES = 145;
  private static final int TITLE_CHARACTERS_MAX = 60;
  private static final int LINE_CHARACTERS_MAX = 220;
  private static final Pattern KEYS = Pattern.compile("cause title summary (step ){1,4}retry");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)}");
  private static final Set<String> PLACEHOLDERS =
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

  @Test
  void every_cause_of_the_catalogue_has_words_in_the_file_of_its_family() throws IOException {
    var catalogue = new TreeMap<String, String>();
    for (var line : lines(CATALOGUE)) {
      var words = line.split(" ", -1);
      catalogue.put(words[1], words[0]);
    }

    var found = new TreeMap<String, String>();
    for (var stanza : stanzas()) {
      found.put(stanza.value("cause"), stanza.family());
    }

    assertEquals(CAUSES, catalogue.size());
    assertEquals(catalogue, found);
    assertEquals(CAUSES, stanzas().size(), "a cause stands twice");
  }

  @Test
  void every_cause_has_all_keys_in_their_order() throws IOException {
    for (var stanza : stanzas()) {
      assertTrue(
          KEYS.matcher(String.join(" ", stanza.keys())).matches(),
          () -> stanza.value("cause") + " has the keys " + stanza.keys());
      assertTrue(
          Set.of("yes", "no").contains(stanza.value("retry")), () -> "retry of " + stanza.lines());
    }
  }

  @Test
  void a_title_is_a_headline_of_60_characters_at_most_and_holds_no_placeholder()
      throws IOException {
    for (var stanza : stanzas()) {
      var title = stanza.value("title");
      assertTrue(title.length() <= TITLE_CHARACTERS_MAX, title);
      assertFalse(title.contains("{") || title.endsWith("."), title);
    }
  }

  @Test
  void only_known_placeholders_and_the_detail_only_at_the_end_of_the_summary() throws IOException {
    for (var stanza : stanzas()) {
      for (var line : stanza.lines()) {
        PLACEHOLDER
            .matcher(line)
            .results()
            .forEach(found -> assertTrue(PLACEHOLDERS.contains(found.group(1)), line));
        assertTrue(
            line.indexOf("{detail}") < 0
                || line.startsWith("summary: ") && line.endsWith(". {detail}"),
            line);
      }
    }
  }

  @Test
  void words_are_short_and_in_the_tone_of_the_house() throws IOException {
    for (var stanza : stanzas()) {
      for (var line : stanza.lines()) {
        assertTrue(line.length() <= LINE_CHARACTERS_MAX, line);
        assertFalse(line.matches("(?i).*\\b(please|oops|sorry)\\b.*"), line);
        assertFalse(line.contains("!"), line);
      }
    }
  }

  private static List<Stanza> stanzas() throws IOException {
    var stanzas = new ArrayList<Stanza>();
    try (Stream<Path> files = Files.list(WORDS)) {
      for (var file : files.sorted().toList()) {
        var family = file.getFileName().toString().replace(".txt", "");
        for (var block : Files.readString(file).split("\n\n", -1)) {
          var lines = block.lines().filter(line -> !line.startsWith("#")).toList();
          if (!lines.isEmpty()) {
            stanzas.add(new Stanza(family, lines));
          }
        }
      }
    }
    return stanzas;
  }

  private static List<String> lines(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.filter(line -> !line.startsWith("#")).toList();
    }
  }

  private record Stanza(String family, List<String> lines) {
    List<String> keys() {
      return lines.stream().map(line -> line.substring(0, line.indexOf(": "))).toList();
    }

    String value(String key) {
      return lines.stream()
          .filter(line -> line.startsWith(key + ": "))
          .map(line -> line.substring(key.length() + 2))
          .findFirst()
          .orElse("");
    }
  }
}
