package io.postern.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Every `./postern …` in the documents is a command with options that exist.
final class DocumentedCommandsTest {
  private static final Pattern COMMAND = Pattern.compile("\\./postern((?: [^\\n`#>|]*)?)");

  @Test
  void commands_and_options_in_documents_exist() throws IOException {
    var whole =
        Launch.commandLine(_ -> {
          throw new IllegalStateException("nothing serves in this test");
        });
    var unknown = new ArrayList<String>();
    for (var document : documents()) {
      var text = Files.readString(document).replaceAll("\\\\\\n\\s*", " ");
      var found = COMMAND.matcher(text);
      while (found.find()) {
        var fault = fault(whole, List.of(found.group(1).strip().split("\\s+", -1)));
        if (!fault.isEmpty()) {
          unknown.add("%s: ./postern%s: %s".formatted(document, found.group(1), fault));
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> manual = Files.walk(Path.of("../docs"));
        Stream<Path> top = Files.list(Path.of(".."))) {
      return Stream.concat(manual, top).filter(file -> file.toString().endsWith(".md")).toList();
    }
  }

  private static String fault(CommandLine whole, List<String> words) {
    var command = whole;
    for (var word : words) {
      if (!word.matches("[a-z][a-z-]*") || command.getSubcommands().isEmpty()) {
        break;
      }
      var sub = command.getSubcommands().get(word);
      if (sub == null) {
        return "there is no command " + word;
      }
      command = sub;
    }
    var serves = words.getFirst().startsWith("-");
    var asked = serves ? Objects.requireNonNull(whole.getSubcommands().get("serve")) : command;
    var options = asked.getCommandSpec().optionsMap().keySet();
    return words.stream()
        .filter(word -> word.matches("--[a-z].*"))
        .map(word -> word.replaceFirst("[=.,;:)].*", ""))
        .filter(word -> !options.contains(word))
        .findFirst()
        .map(word -> "there is no option " + word)
        .orElse("");
  }
}
