package io.postern.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.lab.Ended;
import io.postern.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./postern` records a cache of loaded classes and starts in half the time with it. Java drops it
/// without a word when a flag, the jar or the JDK differs from those that it was recorded with.
@Tag("lab")
class ClassCacheTest {
  private static final Path LAUNCHER = Lab.running().project().resolve("postern");

  @TempDir Path scratch;

  @Test
  void nearly_all_classes_of_a_server_come_from_the_cache_that_the_launcher_recorded()
      throws Exception {
    var share = shareOfServer("");
    assertTrue(share > 0.9, share + " of the classes came from the cache");
  }

  /// So that the test above is known to fail when it should.
  @Test
  void with_a_flag_that_differs_none_does() throws Exception {
    var share = shareOfServer(" -XX:-UseCompactObjectHeaders");
    assertTrue(share == 0, share + " of the classes came from the cache");
  }

  @Test
  void nearly_all_classes_of_a_check_come_from_a_cache_that_holds_little_else() throws Exception {
    var log = scratch.resolve("classes");
    var check = new ProcessBuilder(LAUNCHER.toString(), "check", "--json", "127.0.0.1:1");
    check.environment().put("JDK_JAVA_OPTIONS", told(log));
    assertTrue(Ended.of(check, "").output().startsWith("{"));
    var share = shareFromCache(log);
    assertTrue(share > 0.9, share + " of the classes came from the cache");
    assertFalse(Files.readString(log).contains("org.springframework.web."));
  }

  private double shareOfServer(String javaOptions) throws IOException {
    var log = scratch.resolve("classes");
    var data = Files.createDirectory(scratch.resolve("data"));
    ConsoleProcess.start(LAUNCHER, data, told(log) + javaOptions).close();
    return shareFromCache(log);
  }

  private static String told(Path log) {
    return "-Xlog:class+load:file=" + log + ":none";
  }

  /// Of the classes that are not the JDK's: those are in a cache of its own.
  private static double shareFromCache(Path log) throws IOException {
    List<String> loaded =
        Files.readAllLines(log).stream().filter(line -> line.startsWith("io.postern.")).toList();
    assertTrue(loaded.size() > 100, loaded.size() + " classes");
    var cached = loaded.stream().filter(line -> line.contains("shared objects file")).count();
    return (double) cached / loaded.size();
  }
}
