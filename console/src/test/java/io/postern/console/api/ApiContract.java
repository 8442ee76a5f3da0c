package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Holds every answer that a test of the API gets to the OpenAPI document: its status is described,
/// its problem's code is listed, its body has the described shape and nothing besides.
final class ApiContract {
  /// Without a running server: the document depends on the code alone.
  static final ObjectNode DOCUMENT = new OpenApi(ApiText.read(), handlers()).document("test");

  private static final Set<String> SEEN = new ConcurrentSkipListSet<>();

  private ApiContract() {}

  /// Every handler under `/v1`, by verb and path.
  static Map<String, HandlerFacts> handlers() {
    var handlers = new LinkedHashMap<String, HandlerFacts>();
    Calls.all().forEach(call -> handlers.put(call.toString(), HandlerFacts.of(call.handler())));
    return handlers;
  }

  /// The answers seen since [#forget], such as `GET /v1/mails 200`.
  static Set<String> seen() {
    return new TreeSet<>(SEEN);
  }

  static void forget() {
    SEEN.clear();
  }

  static void check(String verb, String target, ApiClient.Answer answer) {
    var path = target.replaceFirst("\\?.*", "");
    var template = template(verb, path);
    if (template == null) {
      // Not described at all: OpenApiTest says so once, and better.
      return;
    }
    var call = verb + " " + template;
    SEEN.add(call + " " + answer.status());
    var described =
        operation(verb, template).path("responses").path(String.valueOf(answer.status()));
    assertThat(described.isObject())
        .as(
            "%s answered %d, which its description under openapi/ does not list: %s",
            call, answer.status(), answer.body())
        .isTrue();
    body(call + " " + answer.status(), described, answer);
  }

  private static void body(String what, JsonNode described, ApiClient.Answer answer) {
    var type = answer.header("Content-Type").replaceFirst(";.*", "");
    var content = described.path("content");
    if (content.isMissingNode()) {
      assertThat(answer.body()).as(what + " is described without a body").isEmpty();
      return;
    }
    assertThat(content.propertyNames()).as(what).contains(type);
    if (type.endsWith("json")) {
      assertThat(faults("", answer.json(), content.path(type).path("schema")))
          .as(what + " differs from its description: " + answer.body())
          .isEmpty();
    }
    if (type.equals("application/problem+json")) {
      var codes = ApiText.strings(described.path("x-postern-codes"));
      if (!codes.contains("<cause>")) {
        assertThat(codes)
            .as(what + " lists the codes that it answers")
            .contains(answer.at("/code"));
      }
    }
  }

  static JsonNode operation(String verb, String template) {
    return DOCUMENT.path("paths").path(template).path(verb.toLowerCase(Locale.ROOT));
  }

  private static @Nullable String template(String verb, String path) {
    var names = DOCUMENT.path("paths").propertyNames();
    if (names.contains(path)) {
      return operation(verb, path).isObject() ? path : null;
    }
    return names.stream()
        .filter(name -> path.matches(name.replaceAll("\\{[^}]+}", "[^/]+")))
        .filter(name -> operation(verb, name).isObject())
        .findFirst()
        .orElse(null);
  }

  /// What is wrong with a value by its schema: the part of JSON Schema that the document uses, and
  /// besides that a property that nobody described is a fault.
  static List<String> faults(String at, JsonNode value, JsonNode schema) {
    var whole = flat(schema);
    var types = types(whole);
    if (!types.isEmpty() && types.stream().noneMatch(type -> isOf(value, type))) {
      return List.of(at + " is no " + types);
    }
    var faults = new ArrayList<String>();
    var words = whole.path("enum");
    if (words.isArray() && words.valueStream().noneMatch(value::equals)) {
      faults.add(at + " is " + value + ", none of " + words);
    }
    if (value.isObject()) {
      object(at, value, whole, faults);
    }
    if (value.isArray()) {
      for (var i = 0; i < value.size(); i++) {
        faults.addAll(faults(at + "/" + i, value.get(i), whole.path("items")));
      }
    }
    return faults;
  }

  private static void object(String at, JsonNode value, JsonNode whole, List<String> faults) {
    for (var name : ApiText.strings(whole.path("required"))) {
      if (!value.has(name)) {
        faults.add(at + "/" + name + " is missing");
      }
    }
    var known = whole.path("properties");
    value
        .properties()
        .forEach(each -> {
          if (known.has(each.getKey())) {
            faults.addAll(
                faults(at + "/" + each.getKey(), each.getValue(), known.path(each.getKey())));
          } else if (!whole.path("additionalProperties").asBoolean(false)) {
            faults.add(at + "/" + each.getKey() + " is not described");
          }
        });
  }

  /// With references and `allOf` written out.
  private static ObjectNode flat(JsonNode schema) {
    var reference = schema.path("$ref").asString("");
    if (!reference.isEmpty()) {
      return flat(DOCUMENT.at(reference.substring(1)));
    }
    var flat = ApiText.JSON.createObjectNode();
    flat.setAll((ObjectNode) (schema.isObject() ? schema : ApiText.JSON.createObjectNode()));
    for (var part : schema.path("allOf")) {
      var inner = flat(part);
      inner.path("required").forEach(name -> flat.withArray("/required").add(name));
      inner
          .path("properties")
          .properties()
          .forEach(each -> flat.withObject("/properties").set(each.getKey(), each.getValue()));
    }
    return flat;
  }

  private static List<String> types(JsonNode schema) {
    var type = schema.path("type");
    return type.isArray()
        ? ApiText.strings(type)
        : type.isMissingNode() ? List.of() : List.of(type.asString());
  }

  private static boolean isOf(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> throw new IllegalArgumentException("this test knows no type " + type);
    };
  }
}
