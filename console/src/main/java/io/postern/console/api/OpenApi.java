package io.postern.console.api;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the OpenAPI 3.1 document out of what is written by hand and what the code knows.
final class OpenApi {
  static final String REF = "$ref";
  static final String SCHEMAS = "#/components/schemas/";

  private final ApiText text;
  private final Map<String, HandlerFacts> handlers;

  /// @param handlers by verb and path; what is written about others is left out
  OpenApi(ApiText text, Map<String, HandlerFacts> handlers) {
    this.text = text;
    this.handlers = handlers;
  }

  ObjectNode document(String version) {
    var document = ApiText.JSON.createObjectNode();
    document.put("openapi", "3.1.0");
    var info = document.putObject("info");
    info.put("title", text.common().path("title").asString());
    info.put("version", version);
    info.put("description", text.common().path("about").asString());
    info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
    document.putArray("servers").addObject().put("url", "/");
    var tags = document.putArray("tags");
    var paths = document.putObject("paths");
    for (var part : text.parts()) {
      var calls = part.calls().entrySet().stream().filter(call -> isThere(call.getKey())).toList();
      if (!calls.isEmpty()) {
        tags.addObject().put("name", part.tag()).put("description", part.about());
      }
      calls.forEach(call -> add(paths, part.tag(), call.getKey(), call.getValue()));
    }
    components(document.putObject("components"));
    return document;
  }

  private boolean isThere(String call) {
    return handlers.containsKey(call);
  }

  private void add(ObjectNode paths, String tag, String call, JsonNode written) {
    var verb = call.substring(0, call.indexOf(' '));
    var path = call.substring(call.indexOf(' ') + 1);
    var item = paths.has(path) ? (ObjectNode) paths.get(path) : paths.putObject(path);
    var facts = java.util.Objects.requireNonNull(handlers.get(call));
    var operation = item.putObject(verb.toLowerCase(java.util.Locale.ROOT));
    operation.put("operationId", operationId(verb, path));
    operation.putArray("tags").add(tag);
    operation.put("summary", written.path("summary").asString());
    operation.put(
        "description", (written.path("about").asString("") + " " + facts.access()).strip());
    parameters(operation, path, written);
    body(operation, written, facts);
    responses(operation.putObject("responses"), written, facts);
    security(operation, facts);
  }

  /// Such as `get-system-config-smtp`.
  static String operationId(String verb, String path) {
    var words = path.replaceFirst("^/v1/", "").replaceAll("[^a-zA-Z]+", "-").replaceAll("-$", "");
    return verb.toLowerCase(java.util.Locale.ROOT)
        + "-"
        + words
        + (path.endsWith("}") ? "-one" : "");
  }

  private static void parameters(ObjectNode operation, String path, JsonNode written) {
    var names = ApiText.strings(written.path("parameters"));
    var all =
        Stream.concat(path.contains("{uid}") ? Stream.of("uid") : Stream.empty(), names.stream());
    var refs = operation.putArray("parameters");
    all.forEach(name -> refs.addObject().put(REF, "#/components/parameters/" + name));
  }

  private static void body(ObjectNode operation, JsonNode written, HandlerFacts facts) {
    if (!facts.takesBody()) {
      return;
    }
    var content =
        operation
            .putObject("requestBody")
            .put("required", true)
            .putObject("content")
            .putObject("application/json");
    content.putObject("schema").put(REF, SCHEMAS + written.path("body").asString());
    content.set("example", written.path("example"));
  }

  private void responses(ObjectNode responses, JsonNode written, HandlerFacts facts) {
    ApiText.members(written.path("answers"))
        .forEach((status, answer) -> answer(responses.putObject(status), answer));
    for (var problem : problems(written, facts).entrySet()) {
      var response = responses.putObject(problem.getKey());
      response.put("description", problem.getValue());
      response
          .putObject("content")
          .putObject("application/problem+json")
          .putObject("schema")
          .put(REF, SCHEMAS + "Problem");
      var codes = response.putArray("x-postern-codes");
      codes(written, facts, problem.getKey()).forEach(codes::add);
    }
  }

  private static void answer(ObjectNode response, JsonNode written) {
    response.put("description", written.path("about").asString());
    var headers = ApiText.strings(written.path("headers"));
    if (!headers.isEmpty()) {
      var named = response.putObject("headers");
      headers.forEach(name -> named.putObject(name).put(REF, "#/components/headers/" + name));
    }
    if (!written.has("schema") && !written.has("type")) {
      return;
    }
    var content =
        response.putObject("content").putObject(written.path("type").asString("application/json"));
    var schema = content.putObject("schema");
    if (written.has("schema")) {
      schema.put(REF, SCHEMAS + written.path("schema").asString());
    } else {
      schema.put("type", "string");
    }
    content.set("example", written.path("example"));
  }

  /// By status: the codes with their words.
  Map<String, String> problems(JsonNode written, HandlerFacts facts) {
    return all(written, facts)
        .collect(
            Collectors.groupingBy(
                problem -> problem.substring(0, 3),
                TreeMap::new,
                Collectors.mapping(
                    problem -> problem.substring(4) + ": " + text.words(problem.substring(4)),
                    Collectors.joining("\n\n"))));
  }

  static Stream<String> codes(JsonNode written, HandlerFacts facts, String status) {
    return all(written, facts)
        .filter(problem -> problem.startsWith(status))
        .map(problem -> problem.substring(4));
  }

  static Stream<String> all(JsonNode written, HandlerFacts facts) {
    var asked = ApiText.strings(written.path("parameters"));
    var query = asked.stream().anyMatch(name -> Character.isLowerCase(name.charAt(0)));
    return Stream.of(
            facts.problems(),
            query ? Stream.of("400 invalid-parameter") : Stream.<String>empty(),
            ApiText.strings(written.path("problems")).stream())
        .flatMap(each -> each)
        .distinct()
        .sorted();
  }

  private static void security(ObjectNode operation, HandlerFacts facts) {
    var ways = operation.putArray("security");
    if (facts.isOpen()) {
      return;
    }
    ways.addObject().putArray("token");
    var scopes = facts.scopes();
    if (scopes != null) {
      var key = ways.addObject().putArray("key");
      scopes.forEach(scope -> key.add(scope.word()));
    }
    var roles = operation.putArray("x-postern-roles");
    facts.roles().forEach(role -> roles.add(role.adminType()));
  }

  private void components(ObjectNode components) {
    components.set("parameters", text.common().path("parameters"));
    components.set("headers", text.common().path("headers"));
    var schemas = components.putObject("schemas");
    text.schemas().forEach(schemas::set);
    var ways = components.putObject("securitySchemes");
    ways.putObject("token")
        .put("type", "apiKey")
        .put("in", "header")
        .put("name", "Authorization")
        .put("description", "What POST /v1/auth/syslogin answered.");
    ways.putObject("key")
        .put("type", "apiKey")
        .put("in", "header")
        .put("name", "ApiKey")
        .put("description", "Made in My Account. One of the scopes named is needed.");
  }

  /// A status in words, for people.
  static String title(String status) {
    return HttpStatus.valueOf(Integer.parseInt(status)).getReasonPhrase();
  }
}
