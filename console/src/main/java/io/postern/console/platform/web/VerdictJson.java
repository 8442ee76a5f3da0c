package io.postern.console.platform.web;

import io.postern.smtp.diagnosis.Diagnosis;
import io.postern.smtp.diagnosis.Repair;
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
    if (diagnosis == null) {
      works(tree, verdict);
    } else {
      broken(tree, diagnosis);
    }
    tree.put("warnings", verdict.warnings().stream().map(VerdictJson::warning).toList());
    tree.put("proved", verdict.proved());
    tree.put("open", verdict.open());
    tree.put("stages", verdict.rungs().stream().map(VerdictJson::rung).toList());
    tree.put("transcript", verdict.transcript());
    return tree;
  }

  /// Of a check that was cancelled: what it reached. Why it ended there says nothing about the
  /// relay.
  public static Map<String, Object> cancelled(Verdict verdict) {
    var tree = tree(verdict);
    put(tree, "stage", null);
    nothing(tree, "Cancelled", "The check was cancelled before it came to a verdict.");
    tree.put("retryUseful", true);
    return tree;
  }

  private static void works(Map<String, Object> tree, Verdict verdict) {
    nothing(tree, "The configuration works", String.join(" ", verdict.proved()));
  }

  /// No cause is named.
  private static void nothing(Map<String, Object> tree, String title, String summary) {
    put(tree, "cause", null);
    put(tree, "certainty", null);
    tree.put("title", title);
    tree.put("summary", summary);
    tree.put("evidence", "");
    tree.put("remedy", List.of());
    tree.put("retryUseful", false);
    tree.put("otherCauses", List.of());
    tree.put("repairs", List.of());
  }

  private static void broken(Map<String, Object> tree, Diagnosis diagnosis) {
    tree.put("cause", diagnosis.cause());
    tree.put("certainty", diagnosis.certainty().word());
    tree.put("title", diagnosis.headline());
    tree.put("summary", diagnosis.summary());
    tree.put("evidence", diagnosis.evidence());
    tree.put("remedy", diagnosis.remedy());
    tree.put("retryUseful", diagnosis.retryUseful());
    tree.put("otherCauses", diagnosis.otherCauses().stream().map(VerdictJson::other).toList());
    tree.put("repairs", diagnosis.repairs().stream().map(VerdictJson::repair).toList());
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

  private static Map<String, Object> repair(Repair repair) {
    var changes = new LinkedHashMap<String, Object>();
    repair
        .changes()
        .forEach((field, value) ->
            // A number, as the configuration itself has it.
            changes.put(field.word(), field == Repair.Field.PORT ? Integer.valueOf(value) : value));
    return Map.of("label", repair.label(), "changes", changes);
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
