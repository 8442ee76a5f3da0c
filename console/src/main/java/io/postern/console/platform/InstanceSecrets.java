package io.postern.console.platform;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Secrets of the instance as a whole, sealed in the database: all processes on it have the same.
public final class InstanceSecrets {
  private static final int OCTETS = 32;
  private static final String PURPOSE = "instance-secret";

  private final Database database;
  private final SecretBox box;
  private final RandomGenerator random;
  private final InstantSource clock;

  public InstanceSecrets(
      Database database, SecretBox box, RandomGenerator random, InstantSource clock) {
    this.database = database;
    this.box = box;
    this.random = random;
    this.clock = clock;
  }

  /// A key of 32 octets for a purpose, made when there is none, or none that this instance key
  /// opens.
  public byte[] orMake(String name) {
    return orMake(name, this::octets);
  }

  /// The same for a key of another form.
  ///
  /// @param fresh makes one
  public byte[] orMake(String name, Supplier<byte[]> fresh) {
    var known = database.<byte @Nullable []>read(tx -> find(tx, name));
    return known != null ? known : database.write(tx -> makeIfMissing(tx, name, fresh.get()));
  }

  /// @return null when there is none, or none that this instance key opens
  public byte @Nullable [] find(Transaction tx, String name) {
    var sealed =
        tx.jdbc()
            .sql("select sealed from instance_secret where name = ?")
            .param(name)
            .query((row, _) -> row.getBytes(1))
            .optional()
            .orElse(null);
    return sealed == null ? null : box.open(PURPOSE, bound(name), sealed);
  }

  public void put(Transaction tx, String name, byte[] plain) {
    tx.jdbc()
        .sql(
            """
            insert into instance_secret (name, sealed, changed_at) values (?, ?, ?)
            on conflict (name) do update set sealed = excluded.sealed, changed_at = excluded.changed_at
            """)
        .params(name, box.seal(PURPOSE, bound(name), plain), clock.millis())
        .update();
  }

  public void remove(Transaction tx, String name) {
    tx.jdbc().sql("delete from instance_secret where name = ?").param(name).update();
  }

  /// Where they stand, each sealed for its own name.
  static SealedColumn column() {
    return SealedColumn.boundToRow("instance_secret", "name", "sealed", PURPOSE);
  }

  /// Of processes that make it at once one wins.
  private byte[] makeIfMissing(Transaction tx, String name, byte[] octets) {
    tx.jdbc()
        .sql(
            """
            insert into instance_secret (name, sealed, changed_at) values (?, ?, ?)
            on conflict do nothing
            """)
        .params(name, box.seal(PURPOSE, bound(name), octets), clock.millis())
        .update();
    if (find(tx, name) == null) {
      put(tx, name, octets);
    }
    return Objects.requireNonNull(find(tx, name));
  }

  private byte[] octets() {
    var octets = new byte[OCTETS];
    random.nextBytes(octets);
    return octets;
  }

  private static byte[] bound(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
