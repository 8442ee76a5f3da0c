package io.postern.console.audit;

import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Writes the audit log: who did what to which object, in the transaction that does it. The
/// sentence is for operators and never holds a secret.
public final class Audit {
  /// The header that names the entry which a call left.
  public static final String UID_HEADER = "AuditUid";

  /// How many refusals of one account are written down within [#REFUSALS_IN]: whoever asks for what
  /// is closed again and again must not fill the log.
  public static final int REFUSALS_MAX = 10;

  static final Duration REFUSALS_IN = Duration.ofMinutes(1);

  /// What kind of act it was. The names are the words of the log and of the API.
  public enum Action {
    CREATE,
    UPDATE,
    DELETE,
    /// Something was done that changes no object: a validation, a test letter, an export.
    ACTIVITY,
    SIGN_IN,
    SIGN_IN_FAILED,
    SIGN_OUT,
    /// A one-time link was made, shown, redeemed or ended.
    LINK,
    /// The role, or the scopes of a key, did not reach what was asked for. Nothing was done.
    REFUSED,
    /// What is written there is no word of this version. Never written.
    UNKNOWN;

    /// The word of the API and of the console, such as `sign-in-failed`.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The model's word, which knows fewer kinds than we.
    public String type() {
      return switch (this) {
        case CREATE, UPDATE, DELETE -> word();
        case ACTIVITY, SIGN_IN, SIGN_IN_FAILED, SIGN_OUT, LINK, REFUSED, UNKNOWN -> "activity";
      };
    }

    /// Those that are written.
    public static List<Action> known() {
      return Stream.of(values()).filter(action -> action != UNKNOWN).toList();
    }

    static Action ofName(String name) {
      for (var action : known()) {
        if (action.name().equals(name)) {
          return action;
        }
      }
      return UNKNOWN;
    }
  }

  /// What was acted on. Always written `Audit.Object`, the API's word for it.
  ///
  /// @param kind such as `account`, `tenant`, `smtp`, `mail`
  /// @param uid its identifier, empty when it has none
  /// @param name what operators call it
  @SuppressWarnings("AvoidCommonTypeNames") // callers write Audit.Object; nothing is shadowed
  public record Object(String kind, String uid, String name) {}

  private final InstantSource clock;
  private final Uid uids;

  public Audit(InstantSource clock, Uid uids) {
    this.clock = clock;
    this.uids = uids;
  }

  /// Appends one entry. It exists exactly when the transaction commits.
  ///
  /// @return the entry's identifier, which the API answers as `AuditUid`
  public String record(
      Transaction tx, Actor actor, Action action, Audit.Object object, String sentence) {
    var head =
        tx.jdbc()
            .sql("update audit_head set sequence = sequence + 1 where id = 1 returning *")
            .query((row, _) -> new Head(row.getLong("sequence"), row.getString("hash")))
            .single();
    var entry =
        new AuditEntry(
            head.sequence(),
            uids.next(),
            java.time.Instant.ofEpochMilli(clock.millis()),
            new AuditEntry.Who(actor.uid(), actor.email(), actor.address()),
            action,
            object,
            sentence,
            head.hash());
    insert(tx, entry);
    tx.jdbc().sql("update audit_head set hash = ? where id = 1").param(entry.hash()).update();
    return entry.uid();
  }

  /// Appends what an account was refused, unless [#REFUSALS_MAX] of the last minute stand there
  /// already. The last of them says that more may have followed.
  ///
  /// @param sentence what was refused and why, without a full stop
  public void refused(Transaction tx, Actor actor, Audit.Object object, String sentence) {
    // Whoever counts holds the end of the chain, so that two at once do not both find room.
    tx.jdbc().sql("update audit_head set sequence = sequence where id = 1").update();
    var before = refusals(tx, actor);
    if (before >= REFUSALS_MAX) {
      return;
    }
    var isLast = before + 1 == REFUSALS_MAX;
    record(
        tx,
        actor,
        Action.REFUSED,
        object,
        isLast ? sentence + "; more of them are not written down for a minute" : sentence);
  }

  /// How many refusals of the account the last minute holds.
  long refusals(Transaction tx, Actor actor) {
    return tx.jdbc()
        .sql("select count(*) from audit_entry where at > ? and actor_uid = ? and action = ?")
        .params(clock.millis() - REFUSALS_IN.toMillis(), actor.uid(), Action.REFUSED.name())
        .query(Long.class)
        .single();
  }

  private static void insert(Transaction tx, AuditEntry entry) {
    tx.jdbc()
        .sql(
            """
            insert into audit_entry (sequence, uid, at, actor_uid, actor_email, actor_address,
              action, object_kind, object_uid, object_name, sentence, previous_hash, hash)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            entry.sequence(),
            entry.uid(),
            entry.at().toEpochMilli(),
            entry.who().uid(),
            entry.who().email(),
            entry.who().address(),
            entry.action().name(),
            entry.object().kind(),
            entry.object().uid(),
            entry.object().name(),
            entry.sentence(),
            entry.previousHash(),
            entry.hash())
        .update();
  }

  private record Head(long sequence, String hash) {}
}
