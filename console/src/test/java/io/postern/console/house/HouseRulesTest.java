package io.postern.console.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The rules of STYLE that a text scan or the compiler's parser can judge.
class HouseRulesTest {
  /// A pattern that has no place in the files it is looked for in.
  private record Ban(String why, Pattern pattern, Predicate<SourceFile> where) {
    Stream<String> breaches(SourceFile file) {
      if (!where.test(file)) {
        return Stream.empty();
      }
      return IntStream.range(0, file.lines().size())
          .filter(i -> pattern.matcher(file.lines().get(i)).find())
          .mapToObj(i -> file.path() + ":" + (i + 1) + " " + why);
    }
  }

  /// The worker loop, the web error page, the command line's main; besides them the database, which
  /// must roll back whatever happens.
  private static final List<String> CATCHES_EVERYTHING =
      List.of(
          "outbox/OutboxWorker.java",
          "platform/web/ErrorPage.java",
          "cli/Launch.java",
          "platform/database/Unit.java",
          "platform/database/PostgresDatabase.java");

  private static final List<Ban> BANS =
      List.of(
          ban("Lombok writes code that nobody reads", "import lombok|@Autowired", _ -> true),
          ban(
              "only the command line prints",
              "System\\.(out|err)\\b",
              file -> isMain(file) && !file.path().contains("/console/cli/")),
          ban(
              "time and chance are parameters",
              "Instant\\.now\\(|LocalDate(Time)?\\.now\\(|System\\.(currentTimeMillis|nanoTime)|new (Secure)?Random\\(|Math\\.random|ThreadLocalRandom",
              file -> isMain(file) && !isWiring(file)),
          ban(
              "no sleeping in tests",
              "Thread\\.sleep\\(|TimeUnit\\.[A-Z]+\\.sleep\\(",
              SourceFile::isTest),
          ban("a switched-off test proves nothing", "@Disabled|@Ignore\\b", SourceFile::isTest),
          ban(
              "bugs are caught in three places only",
              "catch \\((Exception|Throwable|RuntimeException) ",
              file -> isMain(file) && !CATCHES_EVERYTHING.stream().anyMatch(file.path()::endsWith)),
          ban(
              "one way to say absence: @Nullable",
              "\\bOptional<",
              file -> isMain(file) && !file.path().contains("/bench/")),
          ban(
              "a to-do needs an issue",
              "\\b(TODO|FIXME|XXX)\\b",
              file -> !file.path().contains("/house/")));

  @Test
  void banned_words_stand_nowhere() {
    var files =
        SourceFile.all("/src/").stream().filter(file -> !file.path().contains("/house/")).toList();
    var breaches =
        files.stream().flatMap(file -> BANS.stream().flatMap(ban -> ban.breaches(file))).toList();
    assertEquals("", String.join("\n", breaches));
  }

  @Test
  void packages_have_names_of_the_product() {
    var vague =
        Pattern.compile("/(util|utils|common|impl|service|services|manager|helper|helpers)/");
    var breaches =
        SourceFile.all("/src/main/").stream()
            .map(SourceFile::path)
            .filter(path -> vague.matcher(path).find())
            .toList();
    assertEquals(List.of(), breaches);
  }

  @Test
  void types_have_names_of_the_product() {
    var vague = Pattern.compile("(Util|Utils|Impl|Manager|Helper)\\.java$");
    var breaches =
        SourceFile.all("/src/main/").stream()
            .map(SourceFile::path)
            .filter(path -> vague.matcher(path).find())
            .toList();
    assertEquals(List.of(), breaches);
  }

  @Test
  void every_package_is_null_marked() {
    var marked = new TreeSet<String>();
    var needed = new TreeSet<String>();
    for (var file : SourceFile.all("/src/main/java/")) {
      var folder = file.path().substring(0, file.path().lastIndexOf('/'));
      if (file.path().endsWith("/module-info.java")) {
        continue;
      }
      needed.add(folder);
      if (file.path().endsWith("/package-info.java") && file.text().contains("@NullMarked")) {
        marked.add(folder);
      }
    }
    assertEquals(needed, marked);
  }

  /// The list may only shrink: a new offence fails, and so does an entry that no longer offends.
  @Test
  void methods_and_files_stay_small() throws IOException {
    var list = SourceFile.project().resolve("console/src/test/resources/house/offenders.txt");
    var known =
        new TreeSet<>(
            Files.readAllLines(list).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList());
    var found = new TreeSet<>(Sizes.offences(SourceFile.all("/src/main/java/")));
    var report = new ArrayList<String>();
    found.stream()
        .filter(offence -> !known.contains(offence))
        .forEach(offence -> report.add("new: " + offence));
    known.stream()
        .filter(offence -> !found.contains(offence))
        .forEach(offence -> report.add("mended, take it off the list: " + offence));
    assertEquals("", String.join("\n", report));
  }

  private static Ban ban(String why, String pattern, Predicate<SourceFile> where) {
    return new Ban(why, Pattern.compile(pattern), where);
  }

  private static boolean isMain(SourceFile file) {
    return file.path().contains("/src/main/");
  }

  /// Where clock, ticks and chance are made for the whole process.
  private static boolean isWiring(SourceFile file) {
    return Stream.of("platform/PlatformWiring.java", "cli/Instance.java", "cli/SystemNetwork.java")
        .anyMatch(file.path()::endsWith);
  }
}
