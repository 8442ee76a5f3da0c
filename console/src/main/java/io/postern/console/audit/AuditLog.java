package io.postern.console.audit;

import io.postern.console.platform.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads the audit log, newest first, and proves its chain.
public final class AuditLog {
  private static final int ENTRIES_PER_READ = 500;

  /// Which entries are wanted.
  ///
  /// @param text part of actor, object or sentence in any case; empty for all
  /// @param action absent for all
  /// @param before only entries with a smaller sequence; absent to start with the newest
  public record Filter(String text, Audit.@Nullable Action action, @Nullable Long before) {
    public static final Filter ALL = new Filter("", null, null);
  }

  /// What the proof of the chain found.
  public sealed interface Proof {
    /// Every entry stands where it was written.
    record Whole(long entries) implements Proof {}

    /// The first place where the log is not what was written.
    record Broken(long sequence, String sentence) implements Proof {}
  }

  /// @param limit at most this many entries
  public List<AuditEntry> entries(Transaction tx, Filter filter, int limit) {
    return where(tx, "select *", filter, " order by sequence desc limit " + limit)
        .query((row, _) -> entry(row))
        .list();
  }

  public long count(Transaction tx, Filter filter) {
    return where(tx, "select count(*)", filter, "").query(Long.class).single();
  }

  /// Reads the whole log and recomputes every hash: finds edited, removed, swapped entries and a
  /// cut-off tail. Entries that are appended meanwhile are proved too.
  public Proof prove(Transaction tx) {
    var head = head(tx);
    var last = new Head(0, "");
    List<Stored> part;
    do {
      part = oldest(tx, last.sequence() + 1);
      for (var row : part) {
        var broken = broken(row, last, head);
        if (broken != null) {
          return broken;
        }
        last = new Head(row.entry().sequence(), row.storedHash());
      }
    } while (part.size() == ENTRIES_PER_READ);
    return last.sequence() < head.sequence()
        ? new Proof.Broken(
            last.sequence() + 1, "Entries after " + last.sequence() + " are missing.")
        : new Proof.Whole(last.sequence());
  }

  private static Proof.@Nullable Broken broken(Stored row, Head last, Head head) {
    var entry = row.entry();
    var expected = last.sequence() + 1;
    if (entry.sequence() != expected) {
      return new Proof.Broken(expected, "Entry " + expected + " is missing.");
    }
    var atHead = expected != head.sequence() || row.storedHash().equals(head.hash());
    var whole = entry.previousHash().equals(last.hash()) && entry.hash().equals(row.storedHash());
    return whole && atHead
        ? null
        : new Proof.Broken(expected, "Entry " + expected + " is not what was written.");
  }

  private static Head head(Transaction tx) {
    return tx.jdbc()
        .sql("select sequence, hash from audit_head where id = 1")
        .query((row, _) -> new Head(row.getLong("sequence"), row.getString("hash")))
        .single();
  }

  private static List<Stored> oldest(Transaction tx, long from) {
    return tx.jdbc()
        .sql("select * from audit_entry where sequence >= ? order by sequence limit ?")
        .params(from, ENTRIES_PER_READ)
        .query((row, _) -> new Stored(entry(row), row.getString("hash")))
        .list();
  }

  private static JdbcClient.StatementSpec where(
      Transaction tx, String select, Filter filter, String order) {
    var sql = new StringBuilder(select).append(" from audit_entry where 1 = 1");
    var values = new ArrayList<java.lang.Object>();
    if (!filter.text().isBlank()) {
      sql.append(
          " and lower(actor_email || ' ' || object_kind || ' ' || object_name || ' ' || sentence)"
              + " like ? escape '!'");
      values.add("%" + escaped(filter.text().strip().toLowerCase(Locale.ROOT)) + "%");
    }
    if (filter.action() != null) {
      sql.append(" and action = ?");
      values.add(filter.action().name());
    }
    if (filter.before() != null) {
      sql.append(" and sequence < ?");
      values.add(filter.before());
    }
    return tx.jdbc().sql(sql.append(order).toString()).params(values);
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong("sequence"),
        row.getString("uid"),
        Instant.ofEpochMilli(row.getLong("at")),
        new AuditEntry.Who(
            row.getString("actor_uid"),
            row.getString("actor_email"),
            row.getString("actor_address")),
        Audit.Action.valueOf(row.getString("action")),
        new Audit.Object(
            row.getString("object_kind"),
            row.getString("object_uid"),
            row.getString("object_name")),
        row.getString("sentence"),
        row.getString("previous_hash"));
  }

  private record Head(long sequence, String hash) {}

  private record Stored(AuditEntry entry, String storedHash) {}
}
