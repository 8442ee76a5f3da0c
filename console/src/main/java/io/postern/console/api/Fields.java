package io.postern.console.api;

import io.postern.console.platform.web.Refusal;
import io.postern.console.settings.Blank;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields of a request's JSON object. What is wrong is collected, so that the caller learns all
/// of it at once; what is unknown is named in a `Warning` header and otherwise ignored. Every
/// handler reads all it knows and then calls [#check].
final class Fields {
  private final ObjectNode object;
  private final String path;
  private final HttpServletResponse response;
  private final Map<String, String> faults;
  private final Map<String, String> notes;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<Fields> parts = new ArrayList<>();

  Fields(ObjectNode object, HttpServletResponse response) {
    this(object, "", response, new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  private Fields(
      ObjectNode object,
      String path,
      HttpServletResponse response,
      Map<String, String> faults,
      Map<String, String> notes) {
    this.object = object;
    this.path = path;
    this.response = response;
    this.faults = faults;
    this.notes = notes;
  }

  /// Whether the field is there at all, as `null` or with a value.
  boolean has(String name) {
    known.add(name);
    return object.has(name);
  }

  boolean isNull(String name) {
    known.add(name);
    return object.path(name).isNull();
  }

  /// @return the text as it came, empty when it is absent, `null` or no text
  String raw(String name) {
    var value = value(name);
    if (value == null) {
      return "";
    }
    if (!value.isString()) {
      fault(name, "A string is needed here.");
      return "";
    }
    return value.stringValue();
  }

  /// The text without outer blanks. That there were some is said in the answer.
  String text(String name) {
    var raw = raw(name);
    var text = raw.strip();
    if (!text.equals(raw)) {
      note(name, Blank.REMOVED);
    }
    return text;
  }

  /// @param what begins the sentence when it is missing, such as `The subject`
  /// @param charactersMax in UTF-16 units
  String needed(String name, String what, int charactersMax) {
    var text = text(name);
    if (text.isEmpty()) {
      fault(name, what + " is needed.");
    }
    limit(name, text, charactersMax);
    return text;
  }

  String limited(String name, int charactersMax) {
    var text = text(name);
    limit(name, text, charactersMax);
    return text;
  }

  private void limit(String name, String text, int charactersMax) {
    if (text.length() > charactersMax) {
      fault(name, "At most %d characters are possible.".formatted(charactersMax));
    }
  }

  /// @return the whole number as text, empty when it is absent or `null`
  String number(String name) {
    var value = value(name);
    if (value == null) {
      return "";
    }
    if (!value.isIntegralNumber()) {
      fault(name, "A whole number is needed here.");
      return "";
    }
    return value.asString();
  }

  boolean flag(String name) {
    var value = value(name);
    if (value != null && !value.isBoolean()) {
      fault(name, "true or false is needed here.");
    }
    return value != null && value.asBoolean(false);
  }

  List<String> texts(String name) {
    var value = value(name);
    if (value == null) {
      return List.of();
    }
    var texts = new ArrayList<String>();
    var whole = value.isArray();
    for (var element : value) {
      whole &= element.isString();
      texts.add(element.asString(""));
    }
    if (!whole) {
      fault(name, "A list of strings is needed here.");
      return List.of();
    }
    return texts;
  }

  /// The object in a field, empty when there is none.
  Fields part(String name) {
    var value = value(name);
    if (value != null && !value.isObject()) {
      fault(name, "An object is needed here.");
    }
    var inner = value instanceof ObjectNode node ? node : object.objectNode();
    var part = new Fields(inner, path + name + ".", response, faults, notes);
    parts.add(part);
    return part;
  }

  /// Takes a field note of without using it, because the model's API has it.
  void ignore(String... names) {
    known.addAll(List.of(names));
  }

  /// Notes what is wrong with a field; the first word counts.
  void fault(String name, String sentence) {
    faults.putIfAbsent(path + name, sentence);
  }

  /// Notes what the caller should know of a field although it is taken.
  void note(String name, String sentence) {
    notes.putIfAbsent(path + name, sentence);
  }

  Map<String, String> faults() {
    return faults;
  }

  /// Names the unknown fields in the answer, and what was noted (RFC 7234 section 5.5; a value
  /// each).
  ///
  /// @throws Refusal with all faults, by field
  void check() {
    var unknown = unknown();
    if (!unknown.isEmpty()) {
      warn("Unknown fields were ignored: " + unknown);
    }
    notes.forEach((name, sentence) -> warn(name + ": " + sentence));
    if (!faults.isEmpty()) {
      throw refused(faults);
    }
  }

  private void warn(String sentence) {
    response.addHeader("Warning", "299 postern \"" + sentence + "\"");
  }

  static Refusal refused(Map<String, String> faults) {
    var first = faults.entrySet().iterator().next();
    var more = faults.size() - 1;
    var sentence =
        first.getKey()
            + ": "
            + first.getValue()
            + (switch (more) {
              case 0 -> "";
              case 1 -> " One more field is named in details.";
              default -> " %d more fields are named in details.".formatted(more);
            });
    return new Refusal(422, "invalid-fields", sentence, Map.of("fields", Map.copyOf(faults)));
  }

  /// The names of what nobody read until now, with their path, at most 20. Only names that can
  /// stand in a header as they are; a caller can name a field anything.
  String unknown() {
    var names = new ArrayList<String>();
    for (var name : object.propertyNames()) {
      if (!known.contains(name)) {
        names.add(name.matches("[A-Za-z0-9_.-]{1,64}") ? path + name : path + "(unprintable)");
      }
    }
    for (var part : parts) {
      var inner = part.unknown();
      if (!inner.isEmpty()) {
        names.add(inner);
      }
    }
    return String.join(", ", names.subList(0, Math.min(names.size(), 20)));
  }

  private @Nullable JsonNode value(String name) {
    known.add(name);
    var value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }
}
