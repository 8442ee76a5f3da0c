package io.postern.console.audit;

import io.postern.console.platform.InstanceSecrets;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The signed checkpoints of the audit log: one when an hour has passed since the last and
/// something was written since. Each is also told to the server's log, which is somewhere else.
public final class Checkpoints {
  /// At least so long apart; what is younger than the newest is held by the chain alone.
  public static final Duration EVERY = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  private final Database database;
  private final InstanceSecrets secrets;
  private final InstantSource clock;

  public Checkpoints(Database database, InstanceSecrets secrets, InstantSource clock) {
    this.database = database;
    this.secrets = secrets;
    this.clock = clock;
  }

  /// Takes a checkpoint when one is due; of processes that try at once one does.
  ///
  /// @return null when none is due
  public @Nullable Checkpoint takeIfDue() {
    if (!database.<Boolean>read(tx -> isDue(head(tx), newest(tx)))) {
      return null;
    }
    var key = CheckpointKey.orMake(secrets);
    var taken = database.<@Nullable Checkpoint>write(tx -> take(tx, key));
    if (taken != null) {
      LOG.info(
          "Checkpoint of the audit log: entry {}, hash {}, previous {}, at {}, key {}, signature {}",
          taken.sequence(),
          taken.hash(),
          taken.previous(),
          taken.at(),
          taken.keyId(),
          taken.signature());
    }
    return taken;
  }

  /// All, the oldest first.
  List<Checkpoint> list(Transaction tx) {
    return tx.jdbc()
        .sql("select * from audit_checkpoint order by sequence")
        .query((row, _) ->
            new Checkpoint(
                row.getLong("sequence"),
                row.getString("hash"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getLong("previous"),
                row.getString("key_id"),
                row.getString("signature")))
        .list();
  }

  /// The instance's own key, absent before the first checkpoint.
  public @Nullable CheckpointPublicKey key(Transaction tx) {
    var key = CheckpointKey.find(tx, secrets);
    return key == null ? null : key.open();
  }

  private @Nullable Checkpoint take(Transaction tx, CheckpointKey key) {
    // Nobody appends meanwhile, and no other process takes the same.
    tx.jdbc().sql("update audit_head set sequence = sequence where id = 1").update();
    var head = head(tx);
    var newest = newest(tx);
    if (!isDue(head, newest)) {
      return null;
    }
    var at = Instant.ofEpochMilli(clock.millis());
    var taken =
        new Checkpoint(head.sequence(), head.hash(), at, newest.sequence(), "", "").signedBy(key);
    tx.jdbc()
        .sql(
            """
            insert into audit_checkpoint (sequence, hash, at, previous, key_id, signature)
            values (?, ?, ?, ?, ?, ?)
            """)
        .params(
            taken.sequence(),
            taken.hash(),
            taken.at().toEpochMilli(),
            taken.previous(),
            taken.keyId(),
            taken.signature())
        .update();
    return taken;
  }

  /// A clock that was put back does not keep the next one away for longer than an hour.
  private boolean isDue(Place head, Place newest) {
    var passed = Math.abs(clock.millis() - newest.at());
    return head.sequence() > newest.sequence()
        && (newest.sequence() == 0 || passed >= EVERY.toMillis());
  }

  private static Place head(Transaction tx) {
    return tx.jdbc()
        .sql("select sequence, hash from audit_head where id = 1")
        .query((row, _) -> new Place(row.getLong("sequence"), row.getString("hash"), 0))
        .single();
  }

  private static Place newest(Transaction tx) {
    return tx.jdbc()
        .sql("select sequence, hash, at from audit_checkpoint order by sequence desc limit 1")
        .query((row, _) ->
            new Place(row.getLong("sequence"), row.getString("hash"), row.getLong("at")))
        .optional()
        .orElseGet(() -> new Place(0, "", 0));
  }

  private record Place(long sequence, String hash, long at) {}
}
