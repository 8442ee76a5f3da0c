package io.postern.console.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is written about the API by hand, in the JSON files under `openapi/`: a part for each
/// chapter, and what they share. Who adds a call adds it to its part: `summary`, `about`,
/// `parameters`, `body` (a schema's name) with `example`, `answers` by status, and as `problems`
/// what this call alone may answer. The code adds who may call and what goes wrong everywhere.
///
/// @param common title, shared parameters, headers, schemas, and the words for each problem's code
record ApiText(JsonNode common, List<Part> parts) {
  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FOLDER = "openapi/";

  /// A chapter.
  ///
  /// @param calls by verb and path, such as `GET /v1/mails`
  record Part(String tag, String about, Map<String, JsonNode> calls, JsonNode schemas) {}

  static ApiText read() {
    var common = resource("common");
    var parts = new ArrayList<Part>();
    for (var name : common.path("parts")) {
      var part = resource(name.asString());
      parts.add(
          new Part(
              part.path("tag").asString(),
              part.path("about").asString(),
              members(part.path("calls")),
              part.path("schemas")));
    }
    return new ApiText(common, List.copyOf(parts));
  }

  /// The shapes of all parts, by name.
  Map<String, JsonNode> schemas() {
    var all = new TreeMap<>(members(common.path("schemas")));
    parts.forEach(part -> all.putAll(members(part.schemas())));
    return all;
  }

  /// The words for the code of a problem.
  String words(String code) {
    return common.path("problems").path(code).asString("");
  }

  /// In the order in which they are written.
  static Map<String, JsonNode> members(JsonNode object) {
    var members = new LinkedHashMap<String, JsonNode>();
    object.properties().forEach(each -> members.put(each.getKey(), each.getValue()));
    return members;
  }

  static List<String> strings(JsonNode array) {
    var strings = new ArrayList<String>();
    array.forEach(each -> strings.add(each.asString()));
    return strings;
  }

  private static JsonNode resource(String name) {
    try (var in = ApiText.class.getResourceAsStream(FOLDER + name + ".json")) {
      if (in == null) {
        throw new IllegalStateException("the description " + FOLDER + name + ".json is missing");
      }
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
