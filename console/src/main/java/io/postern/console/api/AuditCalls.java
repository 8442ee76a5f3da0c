package io.postern.console.api;

import io.postern.console.audit.Audit;
import io.postern.console.audit.AuditEntry;
import io.postern.console.audit.AuditFilter;
import io.postern.console.audit.AuditJson;
import io.postern.console.audit.AuditLog;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The audit log in the model's shape, the newest first. It grows while it is read, so `continue`
/// names an entry and not a number of entries.
@RestController
@Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS})
class AuditCalls {
  private static final String PATH = "/v1/audits";

  /// Filters of the model that this log does not have. To ignore one would answer more than was
  /// asked for.
  private static final List<String> NOT_THERE = List.of("projectUid", "tenantUid", "offset");

  private final Database database;
  private final AuditLog log;

  AuditCalls(Database database, AuditLog log) {
    this.database = database;
    this.log = log;
  }

  @Needs(Scope.AUDITS_READ)
  @GetMapping(PATH)
  Map<String, Object> list(HttpServletRequest request) {
    for (var parameter : NOT_THERE) {
      if (request.getParameter(parameter) != null) {
        throw Paging.refused(
            parameter, "This log is not filtered by it; resourceKind and resourceUid may serve.");
      }
    }
    var limit = Paging.limit(request);
    var filter = filter(request);
    var page = narrowed(filter, request, "continue", AuditCalls::before);
    return database.read(tx -> {
      // One more than asked for tells whether there is more.
      var entries = log.entries(tx, page, limit + 1);
      return answer(entries, limit, log.count(tx, filter));
    });
  }

  private static AuditFilter filter(HttpServletRequest request) {
    var filter = AuditFilter.ALL.text(Paging.text(request));
    filter = narrowed(filter, request, "action", AuditCalls::action);
    filter = narrowed(filter, request, "actionType", AuditCalls::actionType);
    filter =
        narrowed(filter, request, "startTime", (all, at) -> all.since(instant("startTime", at)));
    filter = narrowed(filter, request, "endTime", (all, at) -> all.until(instant("endTime", at)));
    filter = narrowed(filter, request, "userUid", AuditFilter::actor);
    filter = narrowed(filter, request, "resourceKind", AuditFilter::kind);
    return narrowed(filter, request, "resourceUid", AuditFilter::object);
  }

  /// @param narrow is asked when the parameter stands there with a value
  private static AuditFilter narrowed(
      AuditFilter filter,
      HttpServletRequest request,
      String parameter,
      BiFunction<AuditFilter, String, AuditFilter> narrow) {
    var value = request.getParameter(parameter);
    return value == null || value.isEmpty() ? filter : narrow.apply(filter, value);
  }

  private static Map<String, Object> answer(List<AuditEntry> entries, int limit, long total) {
    var shown = entries.subList(0, Math.min(limit, entries.size()));
    var meta = new LinkedHashMap<String, Object>();
    meta.put("continue", entries.size() > limit ? String.valueOf(shown.getLast().sequence()) : "");
    meta.put("count", total);
    meta.put("limit", limit);
    var body = new LinkedHashMap<String, Object>();
    body.put("items", shown.stream().map(AuditJson::of).toList());
    body.put("listmeta", meta);
    return body;
  }

  private static AuditFilter action(AuditFilter filter, String word) {
    return filter.actions(actions("action", word, Audit.Action::word));
  }

  private static AuditFilter actionType(AuditFilter filter, String word) {
    return filter.actions(actions("actionType", word, Audit.Action::type));
  }

  private static List<Audit.Action> actions(
      String parameter, String word, Function<Audit.Action, String> words) {
    var found = Audit.Action.known().stream().filter(each -> words.apply(each).equals(word));
    var actions = found.toList();
    if (actions.isEmpty()) {
      throw Paging.refused(
          parameter,
          Audit.Action.known().stream()
              .map(words)
              .distinct()
              .collect(Collectors.joining(", ", "One of ", ".")));
    }
    return actions;
  }

  private static Instant instant(String parameter, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException _) {
      throw Paging.refused(parameter, "A time such as 2026-11-24T12:00:00Z is needed.");
    }
  }

  private static AuditFilter before(AuditFilter filter, String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw Paging.refused("continue", "It is what the page before named in listmeta.");
    }
    return filter.before(Long.parseLong(text));
  }
}
