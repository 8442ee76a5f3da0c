package io.postern.console.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// R-740: dashboard and alert rules ask for what `/actuator/prometheus` shows, and the dashboard
/// for all of it.
class DashboardTest {
  private static final String DASHBOARD = "docs/operating/grafana-dashboard.json";
  private static final String RULES = "docs/operating/prometheus-rules.yml";
  private static final Pattern RULE = Pattern.compile("(?m)^ +expr: (.+)$");

  /// A name that no bracket follows, after everything was taken out that is none.
  private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*\\b(?! *\\()");

  private static final Pattern NO_METRIC =
      Pattern.compile(
          "\\{[^}]*}|\\[[^]]*]|\\b(by|without) *\\([^)]*\\)|\\b(and|or|unless|bool)\\b");
  private static final Pattern STATES = Pattern.compile("state=~?\"([^\"]*)\"");

  @TempDir static Path directory;

  /// The lines of the page that are no comment.
  private static List<String> shown = List.of();

  @BeforeAll
  static void ask() {
    try (var console = RunningConsole.start(directory, Map.of())) {
      shown =
          console
              .browser()
              .get("/actuator/prometheus")
              .body()
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
    }
  }

  @AfterAll
  static void forget() {
    shown = List.of();
  }

  @Test
  void R740_every_metric_of_the_dashboard_and_of_the_alert_rules_is_there() {
    assertThat(rules()).isNotEmpty();
    assertThat(shown()).containsAll(metrics(rules())).containsAll(metrics(dashboard()));
  }

  @Test
  void R740_the_dashboard_shows_everything_that_the_outbox_tells() {
    assertThat(metrics(dashboard()))
        .containsAll(
            shown().stream()
                .filter(name -> name.startsWith("postern_"))
                .collect(Collectors.toSet()));
  }

  @Test
  void R740_every_state_that_they_ask_for_is_there_and_the_dashboard_leaves_none_out() {
    var states =
        String.join("\n", shown)
            .lines()
            .filter(line -> line.startsWith("postern_outbox_mails{"))
            .flatMap(line -> found(STATES, line).stream())
            .collect(Collectors.toSet());

    assertThat(states).isNotEmpty();
    assertThat(states(dashboard())).isEqualTo(states);
    assertThat(states).containsAll(states(rules()));
  }

  @Test
  void the_panels_have_a_title_words_a_data_source_and_an_identity_of_their_own() {
    var seen = new TreeSet<String>();
    for (var panel : panels()) {
      var title = panel.get("title").asString();
      assertThat(panel.get("description").asString()).as(title).isNotBlank();
      assertThat(panel.get("datasource").get("uid").asString())
          .as(title)
          .isEqualTo("${datasource}");
      assertThat(seen.add(title)).as(title).isTrue();
      assertThat(seen.add(panel.get("id").asString())).as(title).isTrue();
    }
  }

  private static Set<String> shown() {
    return shown.stream().map(line -> line.split("[{ ]", 2)[0]).collect(Collectors.toSet());
  }

  private static List<String> rules() {
    return found(RULE, ProjectFiles.read(RULES));
  }

  private static List<String> dashboard() {
    var expressions = new ArrayList<String>();
    for (var panel : panels()) {
      panel.get("targets").forEach(target -> expressions.add(target.get("expr").asString()));
    }
    return expressions;
  }

  private static List<JsonNode> panels() {
    var panels = new ArrayList<JsonNode>();
    Objects.requireNonNull(
            JsonMapper.shared().readTree(ProjectFiles.read(DASHBOARD)).get("panels"), DASHBOARD)
        .forEach(panels::add);
    return panels;
  }

  private static Set<String> metrics(List<String> expressions) {
    return expressions.stream()
        .map(expression -> NO_METRIC.matcher(expression).replaceAll(""))
        .flatMap(expression -> METRIC.matcher(expression).results().map(MatchResult::group))
        .collect(Collectors.toSet());
  }

  private static Set<String> states(List<String> expressions) {
    return expressions.stream()
        .flatMap(expression -> found(STATES, expression).stream())
        .flatMap(words -> List.of(words.split("\\|")).stream())
        .collect(Collectors.toSet());
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(each -> each.group(1)).toList();
  }
}
