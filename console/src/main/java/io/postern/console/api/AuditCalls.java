package io.postern.console.api;

import io.postern.console.audit.Audit;
import io.postern.console.audit.AuditEntry;
import io.postern.console.audit.AuditLog;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
  private static final List<String> NOT_THERE =
      List.of(
          "startTime",
          "endTime",
          "userUid",
          "projectUid",
          "tenantUid",
          "resourceKind",
          "resourceUid",
          "offset");

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
        throw Paging.refused(parameter, "This log is filtered by text and action only.");
      }
    }
    var limit = Paging.limit(request);
    var action = action(request.getParameter("action"));
    var text = Paging.text(request);
    var filter = new AuditLog.Filter(text, action, before(request.getParameter("continue")));
    return database.read(tx -> {
      // One more than asked for tells whether there is more.
      var entries = log.entries(tx, filter, limit + 1);
      var total = log.count(tx, new AuditLog.Filter(text, action, null));
      return answer(entries, limit, total);
    });
  }

  private static Map<String, Object> answer(List<AuditEntry> entries, int limit, long total) {
    var shown = entries.subList(0, Math.min(limit, entries.size()));
    var meta = new LinkedHashMap<String, Object>();
    meta.put("continue", entries.size() > limit ? String.valueOf(shown.getLast().sequence()) : "");
    meta.put("count", total);
    meta.put("limit", limit);
    var body = new LinkedHashMap<String, Object>();
    body.put("items", shown.stream().map(AuditCalls::entry).toList());
    body.put("listmeta", meta);
    return body;
  }

  private static Map<String, Object> entry(AuditEntry entry) {
    var user = new LinkedHashMap<String, Object>();
    user.put("uid", entry.who().uid());
    user.put("emailId", entry.who().email());
    user.put("address", entry.who().address());
    var actor = new LinkedHashMap<String, Object>();
    actor.put("actorType", entry.who().uid().equals("system") ? "system" : "user");
    actor.put("user", user);
    var resource = new LinkedHashMap<String, Object>();
    resource.put("kind", entry.object().kind());
    resource.put("uid", entry.object().uid());
    resource.put("name", entry.object().name());
    var spec = new LinkedHashMap<String, Object>();
    spec.put("actionType", actionType(entry.action()));
    spec.put("action", word(entry.action()));
    spec.put("actionMsg", entry.sentence());
    spec.put("actor", actor);
    spec.put("resource", resource);
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("uid", entry.uid());
    metadata.put("sequence", entry.sequence());
    metadata.put("creationTimestamp", entry.at().toString());
    var body = new LinkedHashMap<String, Object>();
    body.put("metadata", metadata);
    body.put("spec", spec);
    return body;
  }

  /// The model knows fewer kinds than we.
  private static String actionType(Audit.Action action) {
    return switch (action) {
      case CREATE, UPDATE, DELETE -> word(action);
      case ACTIVITY, SIGN_IN, SIGN_IN_FAILED, SIGN_OUT, LINK -> "activity";
    };
  }

  private static String word(Audit.Action action) {
    return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Audit.@Nullable Action action(@Nullable String word) {
    if (word == null || word.isEmpty()) {
      return null;
    }
    for (var action : Audit.Action.values()) {
      if (word(action).equals(word)) {
        return action;
      }
    }
    throw Paging.refused(
        "action",
        Arrays.stream(Audit.Action.values())
            .map(AuditCalls::word)
            .collect(Collectors.joining(", ", "One of ", ".")));
  }

  private static @Nullable Long before(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw Paging.refused("continue", "It is what the page before named in listmeta.");
    }
    return Long.valueOf(text);
  }
}
