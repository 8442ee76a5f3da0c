package io.postern.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

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
    var share = shareFromCache("");
    assertTrue(share > 0.9, share + " of the classes came from the cache");
  }

  /// So that the test above is known to fail when it should.
  @Test
  void with_a_flag_that_differs_none_does() throws Exception {
    var share = shareFromCache(" -XX:-UseCompactObjectHeaders");
    assertTrue(share == 0, share + " of the classes came from the cache");
  }

  /// Of the classes that are not the JDK's: those are in a cache of its own.
  private double shareFromCache(String javaOptions) throws IOException {
    var log = scratch.resolve("classes");
    var data = Files.createDirectory(scratch.resolve("data"));
    ConsoleProcess.start(LAUNCHER, data, "-Xlog:class+load:file=" + log + ":none" + javaOptions)
        .close();
    List<String> loaded =
        Files.readAllLines(log).stream().filter(line -> line.startsWith("io.postern.")).toList();
    assertTrue(loaded.size() > 100, loaded.size() + " classes");
    var cached = loaded.stream().filter(line -> line.contains("shared objects file")).count();
    return (double) cached / loaded.size();
  }
}
