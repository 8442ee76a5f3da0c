package io.postern.console.audit;

import io.postern.console.platform.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the audit log, newest first, and proves its chain.
public final class AuditLog {
  private static final int ENTRIES_PER_READ = 500;

  /// What the proof of the chain found.
  public sealed interface Proof {
    /// Every entry stands where it was written.
    ///
    /// @param hash of the newest entry; kept elsewhere it is an anchor for later
    /// @param checkpoints how many signed ones agree
    /// @param newest absent when there is none
    record Whole(long entries, String hash, int checkpoints, @Nullable Checkpoint newest)
        implements Proof {}

    /// The first place where the log is not what was written.
    record Broken(long sequence, Fault fault) implements Proof {
      public String sentence() {
        return switch (fault) {
          case CHANGED -> "Entry " + sequence + " is not what was written.";
          case MISSING -> "Entry " + sequence + " is missing.";
          case CUT -> "Entry " + sequence + " and what followed it are missing.";
          case INSERTED -> "Entry " + sequence + " was never written by Postern.";
          case REWRITTEN ->
              "Entry %d is not the one that the anchor or the checkpoint names: the log was written anew."
                  .formatted(sequence);
          case UNSIGNED ->
              "The checkpoint at entry %d does not bear the signature of a key that counts."
                  .formatted(sequence);
          case CHECKPOINT_MISSING ->
              "A checkpoint before the one at entry %d is missing.".formatted(sequence);
        };
      }
    }
  }

  /// In which way an entry is wrong.
  public enum Fault {
    CHANGED,
    MISSING,
    CUT,
    INSERTED,
    REWRITTEN,
    /// A checkpoint was changed or made up, or its key is not known.
    UNSIGNED,
    CHECKPOINT_MISSING
  }

  /// The hash that an entry had when somebody noted it down outside the database. A chain that was
  /// computed anew from end to end is whole in itself, but not by an anchor.
  public record Anchor(long sequence, String hash) {}

  /// @param limit at most this many entries
  public List<AuditEntry> entries(Transaction tx, AuditFilter filter, int limit) {
    return filter
        .apply(tx, "select *", " order by sequence desc limit " + limit)
        .query((row, _) -> entry(row))
        .list();
  }

  public long count(Transaction tx, AuditFilter filter) {
    return filter.apply(tx, "select count(*)", "").query(Long.class).single();
  }

  /// Reads the whole log and recomputes every hash: finds edited, removed, inserted and swapped
  /// entries and a cut-off tail. Entries that are appended meanwhile are proved too.
  public Proof prove(Transaction tx) {
    return prove(tx, Witnesses.NONE);
  }

  /// The same, held to the checkpoints and to what was noted outside.
  ///
  /// @param anchor absent: nothing was noted
  /// @param keys whose signatures count
  public Proof prove(
      Transaction tx,
      @Nullable Anchor anchor,
      Checkpoints checkpoints,
      List<CheckpointPublicKey> keys) {
    return prove(tx, new Witnesses(anchor, checkpoints.list(tx), keys));
  }

  Proof prove(Transaction tx, Witnesses witnesses) {
    var begun = head(tx);
    var last = new Head(0, "");
    var from = Long.MIN_VALUE;
    List<Stored> part;
    do {
      part = oldest(tx, from);
      for (var row : part) {
        var fault = fault(row, last);
        fault = fault == null ? witnesses.against(row.entry().sequence(), row.storedHash()) : fault;
        if (fault != null) {
          return new Proof.Broken(place(fault, row, last), fault);
        }
        last = new Head(row.entry().sequence(), row.storedHash());
      }
      from = last.sequence() + 1;
    } while (part.size() == ENTRIES_PER_READ);
    return ending(last, begun, head(tx), witnesses);
  }

  private static @Nullable Fault fault(Stored row, Head last) {
    var entry = row.entry();
    var expected = last.sequence() + 1;
    if (entry.sequence() != expected) {
      return entry.sequence() < expected ? Fault.INSERTED : Fault.MISSING;
    }
    return entry.previousHash().equals(last.hash()) && entry.hash().equals(row.storedHash())
        ? null
        : Fault.CHANGED;
  }

  private static long place(Fault fault, Stored row, Head last) {
    return fault == Fault.INSERTED ? row.entry().sequence() : last.sequence() + 1;
  }

  /// @param begun where the log ended before it was read
  /// @param ended where it ended afterwards: an entry that was seen was committed with its end
  private static Proof ending(Head last, Head begun, Head ended, Witnesses witnesses) {
    if (last.sequence() < begun.sequence()) {
      return new Proof.Broken(last.sequence() + 1, Fault.CUT);
    }
    if (last.sequence() > ended.sequence()) {
      return new Proof.Broken(ended.sequence() + 1, Fault.INSERTED);
    }
    if (last.sequence() == ended.sequence() && !last.hash().equals(ended.hash())) {
      return new Proof.Broken(last.sequence(), Fault.CHANGED);
    }
    var missing = witnesses.beyond(last.sequence());
    return missing != null
        ? missing
        : new Proof.Whole(last.sequence(), last.hash(), witnesses.count(), witnesses.newest());
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

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong("sequence"),
        row.getString("uid"),
        Instant.ofEpochMilli(row.getLong("at")),
        new AuditEntry.Who(
            row.getString("actor_uid"),
            row.getString("actor_email"),
            row.getString("actor_address")),
        Audit.Action.ofName(row.getString("action")),
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
