package io.postern.console.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The API as a page shows it.
public record ApiReference(
    String about, List<Section> sections, List<Shape> shapes, List<Coded> problems) {
  /// A chapter.
  public record Section(String tag, String about, List<Operation> operations) {
    public String anchor() {
      return tag.toLowerCase(Locale.ROOT).replace(' ', '-');
    }
  }

  /// A call.
  ///
  /// @param access who may, a sentence
  /// @param body the name of its shape, empty when it takes none
  /// @param curl how it is called from a terminal
  public record Operation(
      String verb,
      String path,
      String summary,
      String about,
      String access,
      List<Field> parameters,
      String body,
      String curl,
      List<Answer> answers,
      List<Coded> problems) {
    public String anchor() {
      return OpenApi.operationId(verb, path);
    }
  }

  /// @param shape empty when there is no body
  /// @param example as it may look, empty when there is none
  public record Answer(
      String status, String about, String shape, List<String> headers, String example) {}

  /// A named kind of object.
  public record Shape(String name, String about, List<Field> fields) {}

  /// @param shape the name of the shape that it leads to, empty when it leads to none
  public record Field(String name, String type, String shape, boolean required, String words) {}

  /// A problem by its code.
  public record Coded(String code, String words) {}

  /// @param handlers by verb and path; what is written about others is left out
  /// @param baseUrl where the examples call
  static ApiReference of(ApiText text, Map<String, HandlerFacts> handlers, String baseUrl) {
    var sections = new ArrayList<Section>();
    for (var part : text.parts()) {
      var operations = new ArrayList<Operation>();
      part.calls()
          .forEach((call, written) -> {
            var facts = handlers.get(call);
            if (facts != null) {
              operations.add(operation(text, call, written, facts, baseUrl));
            }
          });
      if (!operations.isEmpty()) {
        sections.add(new Section(part.tag(), part.about(), operations));
      }
    }
    var shapes = new ArrayList<Shape>();
    text.schemas().forEach((name, schema) -> shapes.add(shape(name, schema)));
    var problems = new ArrayList<Coded>();
    ApiText.members(text.common().path("problems"))
        .forEach((code, words) -> problems.add(new Coded(code, words.asString())));
    return new ApiReference(text.common().path("about").asString(), sections, shapes, problems);
  }

  private static Operation operation(
      ApiText text, String call, JsonNode written, HandlerFacts facts, String baseUrl) {
    var verb = call.substring(0, call.indexOf(' '));
    var path = call.substring(call.indexOf(' ') + 1);
    var known = text.common().path("parameters");
    var parameters =
        ApiText.strings(written.path("parameters")).stream()
            .map(name -> parameter(name, known.path(name)))
            .toList();
    var answers = new ArrayList<Answer>();
    ApiText.members(written.path("answers"))
        .forEach((status, answer) -> answers.add(answer(status, answer)));
    var problems =
        OpenApi.all(written, facts)
            .map(problem -> new Coded(problem, text.words(problem.substring(4))))
            .toList();
    return new Operation(
        verb,
        path,
        written.path("summary").asString(),
        written.path("about").asString(""),
        facts.access(),
        parameters,
        facts.takesBody() ? written.path("body").asString() : "",
        curl(verb, baseUrl + path, written, facts),
        answers,
        problems);
  }

  private static Field parameter(String name, JsonNode parameter) {
    return field(
        name + " (" + parameter.path("in").asString() + ")",
        parameter.path("schema"),
        parameter.path("required").asBoolean(false),
        parameter.path("description").asString(""));
  }

  private static Answer answer(String status, JsonNode written) {
    var example = written.path("example");
    return new Answer(
        status + " " + OpenApi.title(status),
        written.path("about").asString(),
        written.path("schema").asString(""),
        ApiText.strings(written.path("headers")),
        example.isMissingNode() ? "" : example.isString() ? example.asString() : pretty(example));
  }

  private static String curl(String verb, String url, JsonNode written, HandlerFacts facts) {
    var line = new StringBuilder("curl");
    if (!verb.equals("GET")) {
      line.append(" -X ").append(verb);
    }
    line.append(" ").append(url.replace("{uid}", "$ID"));
    if (!facts.isOpen()) {
      line.append(" \\\n  -H ");
      line.append(facts.scopes() == null ? "\"Authorization: $TOKEN\"" : "\"ApiKey: $KEY\"");
    }
    if (ApiText.strings(written.path("parameters")).contains("Idempotency-Key")) {
      line.append(" \\\n  -H 'Idempotency-Key: report-7'");
    }
    if (facts.takesBody()) {
      line.append(" \\\n  -H 'Content-Type: application/json' \\\n  -d '");
      line.append(written.path("example")).append("'");
    }
    return line.toString();
  }

  private static Shape shape(String name, JsonNode schema) {
    var fields = new ArrayList<Field>();
    collect("", schema, fields);
    return new Shape(name, schema.path("description").asString(""), fields);
  }

  /// Objects inside are told by their path; shapes with a name have their own table.
  private static void collect(String before, JsonNode schema, List<Field> fields) {
    for (var each : schema.path("allOf")) {
      if (each.has(OpenApi.REF)) {
        fields.add(field(before + "…", each, false, "all of its fields"));
      } else {
        collect(before, each, fields);
      }
    }
    var required = ApiText.strings(schema.path("required"));
    ApiText.members(schema.path("properties"))
        .forEach((name, inner) -> {
          var items = inner.path("items");
          var isList = inner.path("type").asString("").equals("array");
          var words = inner.path("description").asString("");
          fields.add(field(before + name, inner, required.contains(name), words));
          collect(before + name + (isList ? "[]." : "."), isList ? items : inner, fields);
        });
  }

  private static Field field(String name, JsonNode schema, boolean required, String words) {
    var isList = schema.path("type").asString("").equals("array");
    var one = isList ? schema.path("items") : schema;
    var shape = reference(one);
    var type = shape == null ? type(one) : shape;
    return new Field(
        name, (isList ? "list of " : "") + type, shape == null ? "" : shape, required, words);
  }

  private static String type(JsonNode schema) {
    var values = ApiText.strings(schema.path("enum"));
    if (!values.isEmpty()) {
      return String.join(" | ", values);
    }
    var type = schema.path("type");
    return type.isArray() ? String.join(" or ", ApiText.strings(type)) : type.asString("anything");
  }

  private static @Nullable String reference(JsonNode schema) {
    var reference = schema.path(OpenApi.REF).asString("");
    return reference.isEmpty() ? null : reference.substring(OpenApi.SCHEMAS.length());
  }

  private static String pretty(JsonNode example) {
    return Objects.requireNonNull(
        ApiText.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(example));
  }
}
