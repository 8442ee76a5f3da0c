package io.postern.console.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Files of the project that are not Java.
final class ProjectFiles {
  /// What builds, runs of the lab and version control leave in the tree.
  private static final Set<String> NOT_OURS =
      Set.of("target", ".git", "run-state", "data", "node_modules");

  private ProjectFiles() {}

  /// All files with this ending, relative to the project.
  static List<Path> ending(String ending) {
    try (var files = walk(SourceFile.project())) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  static String read(String path) {
    return read(Path.of(path));
  }

  static String read(Path path) {
    try {
      return Files.readString(SourceFile.project().resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean exists(Path path) {
    return Files.exists(SourceFile.project().resolve(path));
  }

  private static Stream<Path> walk(Path folder) {
    try (var children = Files.list(folder)) {
      return children.toList().stream().flatMap(ProjectFiles::descend);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> descend(Path child) {
    if (!Files.isDirectory(child)) {
      return Stream.of(SourceFile.project().relativize(child));
    }
    return NOT_OURS.contains(child.getFileName().toString()) ? Stream.empty() : walk(child);
  }
}
