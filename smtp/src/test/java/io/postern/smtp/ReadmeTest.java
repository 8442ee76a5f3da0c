package io.postern.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example of the README compiles as it stands, against what the module shows to outsiders.
class ReadmeTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\\n(.*?)```");

  @TempDir Path directory;

  @Test
  void the_example_compiles_without_a_warning() throws Exception {
    var found = EXAMPLE.matcher(Files.readString(Path.of("README.md")));
    assertTrue(found.find());
    assertEquals("", compile(found.group(1)));
  }

  /// In a process of its own: the module of this test does not see the compiler.
  private String compile(String code) throws IOException, InterruptedException {
    var source = Files.writeString(directory.resolve("CheckRelay.java"), code);
    var compiler =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-Xlint:all,-classfile",
                "-proc:none",
                "-classpath",
                classPath(),
                source.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, compiler.waitFor(), said);
    return said;
  }

  /// Tests run as a module or on the class path.
  private static String classPath() {
    return Stream.of("java.class.path", "jdk.module.path")
        .map(name -> System.getProperty(name, ""))
        .filter(path -> !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
