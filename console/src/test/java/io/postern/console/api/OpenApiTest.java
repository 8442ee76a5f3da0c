package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The OpenAPI document and the controllers say the same, in both directions.
final class OpenApiTest {
  private static final JsonNode DOCUMENT = ApiContract.DOCUMENT;

  @Test
  void every_call_of_the_code_is_described_and_every_description_is_a_call() {
    var coded = new TreeSet<>(ApiContract.handlers().keySet());
    var written = new TreeSet<String>();
    ApiText.read().parts().forEach(part -> written.addAll(part.calls().keySet()));

    var missing = new TreeSet<>(coded);
    missing.removeAll(written);
    assertThat(missing)
        .as(
            "Calls without a description. Add each to \"calls\" of its part under"
                + " console/src/main/resources/io/postern/console/api/openapi/, such as\n"
                + missing.stream().map(OpenApiTest::skeleton).collect(Collectors.joining(",\n"))
                + "\nand what it answers to EveryCallTest.\n")
        .isEmpty();
    written.removeAll(coded);
    assertThat(written).as("Descriptions of calls that no controller answers").isEmpty();
  }

  private static String skeleton(String call) {
    return """
    "%s": {"summary": "…", "body": "ShapeUnderSchemas", "example": {}, \
    "answers": {"204": {"about": "…"}}, "problems": ["404 …-not-found"]}\
    """
        .formatted(call);
  }

  @Test
  void references_lead_somewhere() {
    var broken = new ArrayList<String>();
    collect(DOCUMENT, broken);
    assertThat(broken).isEmpty();
  }

  private static void collect(JsonNode node, List<String> broken) {
    var reference = node.path("$ref").asString("");
    if (!reference.isEmpty() && DOCUMENT.at(reference.substring(1)).isMissingNode()) {
      broken.add(reference);
    }
    node.forEach(each -> collect(each, broken));
  }

  @Test
  void every_operation_is_complete() {
    var ids = new HashSet<String>();
    for (var path : DOCUMENT.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        var what = operation.getKey() + " " + path.getKey();
        var content = operation.getValue();
        assertThat(content.path("summary").asString("")).as(what).isNotBlank();
        assertThat(ids.add(content.path("operationId").asString())).as("id of " + what).isTrue();
        assertThat(content.path("responses").propertyNames())
            .as(what + " tells of success")
            .anyMatch(status -> status.startsWith("2"));
        parameters(what, path.getKey(), content);
      }
    }
  }

  private static void parameters(String what, String path, JsonNode operation) {
    var inPath = new TreeSet<String>();
    Pattern.compile("\\{([^}]+)}")
        .matcher(path)
        .results()
        .forEach(each -> inPath.add(each.group(1)));
    var described = new TreeSet<String>();
    for (var parameter : operation.path("parameters")) {
      var named = DOCUMENT.at(parameter.path("$ref").asString().substring(1));
      if (named.path("in").asString("").equals("path")) {
        described.add(named.path("name").asString());
      }
    }
    assertThat(described).as(what).isEqualTo(inPath);
  }

  @Test
  void every_problem_has_words_and_all_words_are_needed() {
    var known = ApiText.members(ApiText.read().common().path("problems")).keySet();
    var used =
        new TreeSet<>(
            List.of(
                "bad-request",
                "cross-site",
                "method-not-allowed",
                "not-acceptable",
                "not-found",
                "refused",
                "token-needed"));
    for (var path : DOCUMENT.path("paths")) {
      for (var operation : path) {
        for (var response : operation.path("responses")) {
          used.addAll(ApiText.strings(response.path("x-postern-codes")));
        }
      }
    }
    assertThat(used).isEqualTo(new TreeSet<>(known));
  }

  @Test
  void examples_have_the_shape_that_they_show() {
    var faults = new ArrayList<String>();
    for (var path : DOCUMENT.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        var what = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
        example(what, operation.getValue().at("/requestBody/content/application~1json"), faults);
        for (var answer : operation.getValue().path("responses").properties()) {
          example(
              what + " " + answer.getKey(),
              answer.getValue().at("/content/application~1json"),
              faults);
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  private static void example(String what, JsonNode content, List<String> faults) {
    if (!content.isMissingNode()) {
      assertThat(content.path("example").isMissingNode()).as(what + " lacks its example").isFalse();
      ApiContract.faults("", content.path("example"), content.path("schema"))
          .forEach(fault -> faults.add(what + " example: " + fault));
    }
  }
}
