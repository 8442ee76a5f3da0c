package io.postern.console.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The record under docs/requirements says the truth: what it calls held has a test of that number,
/// and every number that is cited somewhere is explained there.
class RequirementsTest {
  private static final Pattern ROW =
      Pattern.compile("\\| (?<number>R-\\d{3}) \\| (?<meaning>.*?) ?\\| (?<state>.*?) \\|");
  private static final Pattern CITED = Pattern.compile("\\bR-(\\d{3})\\b");
  private static final Pattern TESTED = Pattern.compile("\\bvoid R(\\d{3})_");

  private record Row(String meaning, String state) {}

  @Test
  void every_cited_number_is_explained() {
    var cited = new TreeSet<String>();
    SourceFile.all("/src/").stream()
        .filter(file -> !file.path().contains("/house/"))
        .forEach(file -> collect(CITED, file.text(), cited));
    texts("docs", ".md").forEach(text -> collect(CITED, text, cited));
    conversations().forEach(text -> collect(CITED, text, cited));
    cited.removeAll(rows().keySet());

    assertEquals(List.of(), List.copyOf(cited));
  }

  @Test
  void what_is_called_held_has_a_test_of_its_number() {
    var tested = new TreeSet<String>();
    SourceFile.all("/src/test/").forEach(file -> collect(TESTED, file.text(), tested));
    conversations().forEach(text -> collect(CITED, text, tested));
    var untrue =
        rows().entrySet().stream()
            .filter(row -> row.getValue().state().equals("held"))
            .filter(row -> !tested.contains(row.getKey()))
            .map(row -> row.getKey())
            .toList();

    assertEquals(List.of(), untrue);
  }

  @Test
  void every_row_says_what_it_means_and_how_it_stands() {
    var unclear =
        rows().entrySet().stream()
            .filter(row -> !isClear(row.getValue()))
            .map(row -> row.getKey() + " " + row.getValue())
            .toList();

    assertEquals(List.of(), unclear);
  }

  private static boolean isClear(Row row) {
    boolean open = row.state().equals("open") || row.state().startsWith("open: ");
    boolean decided = row.state().equals("held") || row.state().startsWith("not held: ");
    return open || (decided && !row.meaning().isBlank());
  }

  private static Map<String, Row> rows() {
    var rows = new TreeMap<String, Row>();
    for (var text : texts("docs/requirements", ".md")) {
      for (var line : text.lines().filter(line -> line.startsWith("| R-")).toList()) {
        var row = ROW.matcher(line);
        if (!row.matches()) {
          throw new AssertionError("Not | number | meaning | state |: " + line);
        }
        var twice =
            rows.put(row.group("number"), new Row(row.group("meaning"), row.group("state")));
        assertEquals(null, twice, row.group("number") + " stands twice");
      }
    }
    return rows;
  }

  private static void collect(Pattern pattern, String text, Set<String> numbers) {
    pattern.matcher(text).results().forEach(found -> numbers.add("R-" + found.group(1)));
  }

  private static List<String> conversations() {
    return texts("smtp/src/test/resources/conversations", ".smtp");
  }

  private static List<String> texts(String folder, String ending) {
    var texts = new ArrayList<String>();
    try (var files = Files.walk(SourceFile.project().resolve(folder))) {
      for (Path file : files.filter(path -> path.toString().endsWith(ending)).toList()) {
        texts.add(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
