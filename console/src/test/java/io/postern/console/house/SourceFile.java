package io.postern.console.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// One Java file of the project.
///
/// @param path relative to the project, with slashes
record SourceFile(String path, List<String> lines) {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> MODULES = List.of("smtp", "console", "lab", "bench");

  static Path project() {
    return PROJECT;
  }

  /// All hand-written Java files whose path contains the given part, such as `/src/main/`.
  static List<SourceFile> all(String part) {
    return MODULES.stream()
        .map(PROJECT::resolve)
        .filter(Files::isDirectory)
        .flatMap(SourceFile::walk)
        .filter(file -> file.path().contains(part))
        .toList();
  }

  String text() {
    return String.join("\n", lines);
  }

  boolean isTest() {
    return path.contains("/src/test/") || path.startsWith("lab/") || path.startsWith("bench/");
  }

  private static Stream<SourceFile> walk(Path module) {
    try (var files = Files.walk(module)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .map(SourceFile::read)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SourceFile read(Path file) {
    try {
      return new SourceFile(PROJECT.relativize(file).toString(), Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
