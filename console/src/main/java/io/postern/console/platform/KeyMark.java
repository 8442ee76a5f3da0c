package io.postern.console.platform;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Transaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Holds a database to the key that it is sealed with: a process with another one would take what
/// it cannot read for lost, and seal new values so that the others cannot read them.
final class KeyMark {
  private static final String NAME = "key-mark";

  private KeyMark() {}

  /// The keys of the file, of which the database says which one seals. A key is made when neither
  /// the file nor the database knows one.
  ///
  /// @throws UnusableSettingException when the file is missing or holds another database's key
  static KeyRing open(Database database, Path file, RandomGenerator random, InstantSource clock) {
    if (!Files.exists(file) && database.<@Nullable String>read(KeyMark::stored) != null) {
      throw new UnusableSettingException(
          "There is no key file %s, and this database was made with one. Restore it from your backup, or name it with --key-file."
              .formatted(file));
    }
    var keys = KeyFile.readOrMake(file, random);
    var first = keys.getFirst().mark();
    var mark = database.<@Nullable String>write(tx -> known(tx, first, clock));
    var ring = mark == null ? null : KeyRing.of(keys, mark);
    if (ring == null) {
      throw new UnusableSettingException(
          "The key file %s is not the key of this database. Restore the right one from your backup, or name it with --key-file."
              .formatted(file));
    }
    return ring;
  }

  /// From this commit on this key seals.
  static void change(Transaction tx, InstanceKey key, Instant at) {
    tx.jdbc()
        .sql("update instance_value set value = ?, changed_at = ? where name = ?")
        .params(key.mark(), at.toEpochMilli(), NAME)
        .update();
  }

  static @Nullable String stored(Transaction tx) {
    return InstanceValues.find(tx, NAME);
  }

  /// Since when the present key seals.
  static Instant since(Transaction tx) {
    return Instant.ofEpochMilli(
        tx.jdbc()
            .sql("select changed_at from instance_value where name = ?")
            .param(NAME)
            .query(Long.class)
            .single());
  }

  /// @return the mark of the database, which is the given one when it had none
  private static @Nullable String known(Transaction tx, String mark, InstantSource clock) {
    tx.jdbc()
        .sql(
            """
            insert into instance_value (name, value, changed_at, changed_by)
            values (?, ?, ?, 'system') on conflict do nothing
            """)
        .params(NAME, mark, clock.millis())
        .update();
    return stored(tx);
  }
}
