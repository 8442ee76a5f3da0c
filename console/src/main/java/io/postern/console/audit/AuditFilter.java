package io.postern.console.audit;

import io.postern.console.platform.database.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Which entries of the audit log are wanted: begins with all of them, and each word takes some
/// away.
///
/// @param conditions in SQL, without anything that a caller typed
/// @param values what the question marks of the conditions stand for, in order
public record AuditFilter(List<String> conditions, List<Object> values) {
  public static final AuditFilter ALL = new AuditFilter(List.of(), List.of());

  /// Part of object or sentence, in any case; blank for all.
  public AuditFilter what(String part) {
    return containing("object_kind || ' ' || object_name || ' ' || sentence", part);
  }

  /// Part of the actor's address of e-mail or network, in any case; blank for all.
  public AuditFilter who(String part) {
    return containing("actor_email || ' ' || actor_address", part);
  }

  /// Part of anything that is told of an entry, in any case; blank for all.
  public AuditFilter text(String part) {
    return containing(
        "actor_email || ' ' || object_kind || ' ' || object_name || ' ' || sentence", part);
  }

  /// @param actions none: no entry at all
  public AuditFilter actions(Collection<Audit.Action> actions) {
    var marks = String.join(", ", Collections.nCopies(actions.size(), "?"));
    return actions.isEmpty()
        ? and("1 = 0")
        : and("action in (" + marks + ")", actions.stream().map(Audit.Action::name).toArray());
  }

  /// @param from the first moment that counts
  public AuditFilter since(Instant from) {
    return and("at >= ?", from.toEpochMilli());
  }

  /// @param end the first moment that no longer counts
  public AuditFilter until(Instant end) {
    return and("at < ?", end.toEpochMilli());
  }

  public AuditFilter actor(String uid) {
    return and("actor_uid = ?", uid);
  }

  public AuditFilter kind(String kind) {
    return and("object_kind = ?", kind);
  }

  public AuditFilter object(String uid) {
    return and("object_uid = ?", uid);
  }

  /// Only entries with a smaller sequence: the next page of a list that begins with the newest.
  public AuditFilter before(long sequence) {
    return and("sequence < ?", sequence);
  }

  /// The statement that asks for these entries.
  JdbcClient.StatementSpec apply(Transaction tx, String select, String order) {
    var where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    return tx.jdbc().sql(select + " from audit_entry" + where + order).params(values);
  }

  private AuditFilter containing(String columns, String part) {
    return part.isBlank()
        ? this
        : and(
            "lower(" + columns + ") like ? escape '!'",
            "%" + literal(part.strip().toLowerCase(Locale.ROOT)) + "%");
  }

  private AuditFilter and(String condition, Object... more) {
    var longer = new ArrayList<>(conditions);
    longer.add(condition);
    return new AuditFilter(
        List.copyOf(longer), Stream.concat(values.stream(), Stream.of(more)).toList());
  }

  private static String literal(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
