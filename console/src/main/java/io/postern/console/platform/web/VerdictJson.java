package io.postern.console.platform.web;

import io.postern.smtp.diagnosis.Diagnosis;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.diagnosis.Verdict;
import io.postern.smtp.diagnosis.Warning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The one JSON shape of a verdict: on the command line, in the API and in streams.
public final class VerdictJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private VerdictJson() {}

  public static String of(Verdict verdict) {
    return JSON.writeValueAsString(tree(verdict));
  }

  /// The object as maps and lists, to be put into another object.
  public static Map<String, Object> tree(Verdict verdict) {
    var diagnosis = verdict.diagnosis();
    var stage = verdict.failedStage();
    var tree = new LinkedHashMap<String, Object>();
    tree.put("valid", verdict.isValid());
    put(tree, "stage", stage == null ? null : stage.word());
    put(tree, "cause", diagnosis == null ? null : diagnosis.cause());
    put(tree, "certainty", diagnosis == null ? null : diagnosis.certainty().word());
    tree.put(
        "summary", diagnosis == null ? String.join(" ", verdict.proved()) : diagnosis.summary());
    tree.put("remedy", diagnosis == null ? List.of() : diagnosis.remedy());
    tree.put("retryUseful", diagnosis != null && diagnosis.retryUseful());
    tree.put(
        "otherCauses",
        diagnosis == null
            ? List.of()
            : diagnosis.otherCauses().stream().map(VerdictJson::other).toList());
    tree.put("warnings", verdict.warnings().stream().map(VerdictJson::warning).toList());
    tree.put("proved", verdict.proved());
    tree.put("stages", verdict.rungs().stream().map(VerdictJson::rung).toList());
    tree.put("transcript", verdict.transcript());
    return tree;
  }

  /// One rung, as streams send it.
  public static Map<String, Object> rung(Rung rung) {
    return Map.of(
        "stage",
        rung.stage().word(),
        "outcome",
        rung.outcome().word(),
        "millis",
        rung.millis(),
        "detail",
        rung.detail());
  }

  public static String text(Map<String, Object> tree) {
    return JSON.writeValueAsString(tree);
  }

  private static Map<String, Object> other(Diagnosis.OtherCause other) {
    return Map.of("cause", other.cause(), "certainty", other.certainty().word());
  }

  private static Map<String, Object> warning(Warning warning) {
    return Map.of("cause", warning.cause(), "summary", warning.summary());
  }

  @SuppressWarnings(
      "NullAway") // null is a value of the shape: valid verdicts have no stage and no cause
  private static void put(
      Map<String, Object> tree, String key, @org.jspecify.annotations.Nullable Object value) {
    tree.put(key, value);
  }
}
