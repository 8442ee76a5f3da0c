package io.postern.console.audit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What stands in the filter of the *Audit* tab, as it was typed, and what it means.
///
/// @param values the five fields of [#NAMES], each there and without outer blanks
/// @param faults what is wrong, by field; a field with a fault narrows nothing
/// @param filter what it comes to
public record AuditSearch(
    Map<String, String> values, Map<String, String> faults, AuditFilter filter) {
  static final int TEXT_CHARACTERS_MAX = 200;
  private static final List<String> NAMES = List.of("who", "what", "action", "from", "to");

  /// @param typed the parameters of a request; others than ours are left alone
  static AuditSearch of(Map<String, String[]> typed) {
    var values = new LinkedHashMap<String, String>();
    for (var name : NAMES) {
      var given = typed.get(name);
      values.put(name, given == null || given.length == 0 ? "" : given[0].strip());
    }
    var faults = new LinkedHashMap<String, String>();
    var filter =
        AuditFilter.ALL.who(text(values, "who", faults)).what(text(values, "what", faults));
    filter = narrowedByAction(filter, values.getOrDefault("action", ""));
    var from = day(values, "from", faults);
    filter = from == null ? filter : filter.since(from.atStartOfDay().toInstant(ZoneOffset.UTC));
    var to = day(values, "to", faults);
    filter =
        to == null ? filter : filter.until(to.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    if (from != null && to != null && to.isBefore(from)) {
      faults.put("to", "This day is before the first one, so nothing can be found.");
    }
    return new AuditSearch(values, faults, filter);
  }

  public String value(String name) {
    return values.getOrDefault(name, "");
  }

  public String fault(String name) {
    return faults.getOrDefault(name, "");
  }

  public boolean isAll() {
    return values.values().stream().allMatch(String::isEmpty);
  }

  /// The filter as the query of an address, such as `who=root&action=sign-in`; empty for all.
  public String query() {
    return values.entrySet().stream()
        .filter(field -> !field.getValue().isEmpty())
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /// The filter in words, for the entry that an export leaves.
  String words() {
    var words =
        values.entrySet().stream()
            .filter(field -> !field.getValue().isEmpty())
            .map(field -> field.getKey() + " " + field.getValue())
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "all entries" : words;
  }

  private static AuditFilter narrowedByAction(AuditFilter filter, String word) {
    var actions =
        Audit.Action.known().stream().filter(action -> action.word().equals(word)).toList();
    return actions.isEmpty() ? filter : filter.actions(actions);
  }

  private static String text(Map<String, String> values, String name, Map<String, String> faults) {
    var text = values.getOrDefault(name, "");
    if (text.length() > TEXT_CHARACTERS_MAX) {
      faults.put(name, "At most %d characters are possible.".formatted(TEXT_CHARACTERS_MAX));
      return "";
    }
    return text;
  }

  private static @Nullable LocalDate day(
      Map<String, String> values, String name, Map<String, String> faults) {
    var text = values.getOrDefault(name, "");
    try {
      return text.isEmpty() ? null : LocalDate.parse(text);
    } catch (DateTimeParseException _) {
      faults.put(name, "A day such as 2026-11-24 is needed.");
      return null;
    }
  }
}
