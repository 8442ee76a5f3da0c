package io.postern.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `check --json` writes one JSON object on standard output and nothing else, whatever a library
/// logs meanwhile.
class CheckOutputTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void a_log_never_stands_in_the_json() throws IOException, InterruptedException {
    var output = directory.resolve("output");
    var errors = directory.resolve("errors");
    var check =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                LoudCheck.class.getName())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertTrue(check.waitFor(5, TimeUnit.MINUTES), "it does not end");
    assertEquals(1, check.exitValue(), () -> read(errors));
    var lines = Files.readAllLines(output);
    assertEquals(1, lines.size(), lines::toString);
    var verdict = JsonMapper.builder().build().readTree(lines.getFirst());
    assertFalse(verdict.get("valid").asBoolean(), lines::toString);
    assertTrue(
        read(errors).startsWith("postern: " + LoudCheck.COMPLAINT + System.lineSeparator()),
        () -> read(errors));
    assertFalse(read(errors).contains("debug"), () -> read(errors));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
