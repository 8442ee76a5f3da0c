package io.postern.console.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The table of `docs/security/attacks.md` says the truth: each class of attack is played on the
/// running console by the tests it names, and by no others.
class AttacksTest {
  private static final int FIRST = 401;
  private static final int LAST = 418;
  private static final String ATTACKS = "console/src/test/java/io/postern/console/attack/";

  private static final Pattern ROW =
      Pattern.compile(
          "\\| F-(?<number>\\d{3}) [^|]+\\| (?<done>[^|]+) \\| (?<result>refused|harmless)\\b[^|]*\\| (?<played>[^|]+) \\| (?<closer>[^|]+) \\|");
  private static final Pattern CODE = Pattern.compile("`(\\w+)`");
  private static final Pattern TEST = Pattern.compile("\\bvoid (\\w*?f(\\d{3})_\\w+)\\(");

  /// What a row names.
  private record Row(Set<String> played, Set<String> closer) {}

  @Test
  void every_class_has_a_row_that_says_whether_it_was_refused_or_harmless() {
    assertEquals(
        IntStream.rangeClosed(FIRST, LAST).mapToObj(String::valueOf).collect(Collectors.toSet()),
        rows().keySet());
  }

  @Test
  void a_row_names_the_tests_of_its_class_and_all_of_them() {
    var told = new TreeMap<String, Set<String>>();
    rows().forEach((number, row) -> told.put(number, row.played()));
    assertEquals(tests(), told);
  }

  @Test
  void what_looks_from_near_exists() {
    var known =
        SourceFile.all("/src/test/").stream()
            .map(file -> file.path().replaceAll(".*/(\\w+)\\.java", "$1"))
            .collect(Collectors.toSet());
    var missing = new TreeSet<String>();
    rows().values().forEach(row -> missing.addAll(row.closer()));
    missing.removeIf(word -> !word.endsWith("Test") || known.contains(word));
    assertEquals(Set.of(), missing);
  }

  /// The tests of each class, with the names of the types that hold them.
  private static Map<String, Set<String>> tests() {
    var tests = new TreeMap<String, Set<String>>();
    for (var file : SourceFile.all("/src/test/")) {
      if (!file.path().startsWith(ATTACKS)) {
        continue;
      }
      var holder = file.path().substring(ATTACKS.length()).replace(".java", "");
      TEST.matcher(file.text())
          .results()
          .forEach(found -> {
            var names = tests.computeIfAbsent(found.group(2), _ -> new TreeSet<>());
            names.add(holder);
            names.add(found.group(1));
          });
    }
    return tests;
  }

  private static Map<String, Row> rows() {
    var rows = new TreeMap<String, Row>();
    ProjectFiles.read("docs/security/attacks.md")
        .lines()
        .filter(line -> line.startsWith("| F-"))
        .forEach(line -> {
          var row = ROW.matcher(line);
          if (!row.matches()) {
            throw new AssertionError(
                "Not | F-number attack | done to others | refused or harmless | played by | closer |: "
                    + line);
          }
          var twice =
              rows.put(
                  row.group("number"),
                  new Row(words(row.group("played")), words(row.group("closer"))));
          assertEquals(null, twice, row.group("number") + " stands twice");
        });
    return rows;
  }

  private static Set<String> words(String cell) {
    return CODE.matcher(cell).results().map(found -> found.group(1)).collect(Collectors.toSet());
  }
}
