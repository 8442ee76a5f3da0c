package io.postern.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What `postern key rotate` moves to a new key is everything that is sealed.
final class SealedColumnsTest {
  private static final Pattern COLUMN = Pattern.compile("(\\w+) \\$\\{bytes\\}");

  /// A new column of octets is either sealed, and moved to a new key with the others, or public.
  @Test
  void R522_every_column_of_octets_takes_part() throws IOException {
    Set<String> octets = new TreeSet<>();
    try (var files = Files.list(Path.of("src/main/resources/db"))) {
      for (var file : files.toList()) {
        var found = COLUMN.matcher(Files.readString(file));
        while (found.find()) {
          octets.add(file.getFileName() + " " + found.group(1));
        }
      }
    }
    var sealed =
        KeyCommand.sealed().stream().map(column -> column.column()).collect(Collectors.toSet());
    sealed.add("sealed");
    octets.removeIf(name -> sealed.contains(name.substring(name.indexOf(' ') + 1)));
    assertThat(octets).containsExactly("V013__passkeys.sql credential");
  }
}
