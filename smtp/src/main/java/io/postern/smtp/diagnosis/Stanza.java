package io.postern.smtp.diagnosis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// One block of a data file: `key: value` lines up to the next blank line. A key may stand more
/// than once; lines that begin with `#` are comments. The files are part of the program: a mistake
/// in them is a bug, found by the build.
///
/// @param where file and line of its first line, for messages
record Stanza(String where, Map<String, List<String>> values) {

  /// All stanzas of a file beside this class, in order.
  static List<Stanza> read(String resource) {
    var stanzas = new ArrayList<Stanza>();
    var values = new LinkedHashMap<String, List<String>>();
    var number = 0;
    var first = 1;
    for (var line : lines(resource)) {
      number++;
      if (line.startsWith("#")) {
        continue;
      }
      if (line.isBlank()) {
        add(stanzas, resource, first, values);
        values = new LinkedHashMap<>();
        continue;
      }
      first = values.isEmpty() ? number : first;
      var colon = line.indexOf(": ");
      if (colon < 1) {
        throw new IllegalStateException(resource + ":" + number + " is no `key: value` line");
      }
      values
          .computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
          .add(line.substring(colon + 2).strip());
    }
    add(stanzas, resource, first, values);
    return stanzas;
  }

  private static void add(
      List<Stanza> stanzas, String resource, int first, Map<String, List<String>> values) {
    if (!values.isEmpty()) {
      stanzas.add(new Stanza(resource + ":" + first, values));
    }
  }

  private static List<String> lines(String resource) {
    try (var input = Stanza.class.getResourceAsStream(resource)) {
      var octets =
          Objects.requireNonNull(input, () -> "the data file " + resource + " is missing")
              .readAllBytes();
      return new String(octets, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @throws IllegalStateException unless the key stands exactly once
  String one(String key) {
    var all = all(key);
    if (all.size() != 1) {
      throw new IllegalStateException(where + " needs one line `" + key + ":`");
    }
    return all.getFirst();
  }

  String one(String key, String otherwise) {
    return all(key).isEmpty() ? otherwise : one(key);
  }

  List<String> all(String key) {
    return values.getOrDefault(key, List.of());
  }

  /// The words of all lines with this key.
  List<String> words(String key) {
    return all(key).stream().flatMap(line -> List.of(line.split(" +")).stream()).toList();
  }

  /// @throws IllegalStateException when there is a key that is not among these
  void allow(Set<String> known) {
    for (var key : values.keySet()) {
      if (!known.contains(key)) {
        throw new IllegalStateException(where + " has an unknown key `" + key + "`");
      }
    }
  }
}
