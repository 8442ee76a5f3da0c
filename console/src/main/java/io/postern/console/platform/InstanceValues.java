package io.postern.console.platform;

import io.postern.console.platform.database.Transaction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The few values of an instance that are no secret and belong to no table of their own: its name,
/// its base URL, its certificate, the mark of its key.
///
/// A name belongs to the one class that names it.
public final class InstanceValues {
  private InstanceValues() {}

  /// @return null when the value was never put, or was removed
  public static @Nullable String find(Transaction tx, String name) {
    return tx.jdbc()
        .sql("select value from instance_value where name = ?")
        .param(name)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  /// Replaces what was there.
  ///
  /// @param by the address of the operator, or `system`
  public static void put(Transaction tx, String name, String value, Instant at, String by) {
    tx.jdbc()
        .sql(
            """
            insert into instance_value (name, value, changed_at, changed_by) values (?, ?, ?, ?)
            on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """)
        .params(name, value, at.toEpochMilli(), by)
        .update();
  }

  public static void remove(Transaction tx, String name) {
    tx.jdbc().sql("delete from instance_value where name = ?").param(name).update();
  }
}
