package io.postern.smtp.conversation;

import io.postern.smtp.fixtures.ScriptedServer.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One file: settings, steps and verdicts. The format is told in `conversations/README.md`.
///
/// @param settings what stands behind `@key`
/// @param letters one per `@deliver`: sender, recipient
/// @param content the lines behind `|`
/// @param verdicts what stands behind `=`
record Conversation(
    String name,
    Map<String, String> settings,
    List<List<String>> letters,
    List<String> content,
    List<Step> steps,
    List<Step> verdicts) {

  static Conversation read(Path file) throws IOException {
    var name = String.valueOf(file.getFileName());
    var conversation =
        new Conversation(
            name,
            new TreeMap<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    var lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    for (var i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isEmpty()) {
        conversation.add(lines.get(i), i + 1);
      }
    }
    if (conversation.verdicts.isEmpty()) {
      throw new IllegalArgumentException(name + " ends without a verdict");
    }
    return conversation;
  }

  String setting(String key, String otherwise) {
    return settings.getOrDefault(key, otherwise);
  }

  private void add(String line, int number) {
    switch (line.charAt(0)) {
      case '#' -> {}
      case '@' -> set(line.substring(1).split(" ", 2));
      case '|' -> content.add(line.length() > 2 ? line.substring(2) : "");
      case '=' -> verdicts.add(new Step(number, line.substring(2)));
      case 'S', 'C', '!' -> steps.add(new Step(number, line));
      default -> throw new IllegalArgumentException(name + ":" + number + " is no step: " + line);
    }
  }

  private void set(String[] words) {
    var value = words.length > 1 ? words[1] : "";
    if (words[0].equals("deliver")) {
      letters.add(List.of(value.split(" ")));
    } else {
      settings.put(words[0], value);
    }
  }
}
