package io.postern.console.accounts;

import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Role;
import java.time.InstantSource;

/// Keeps at least one root account that can sign in.
final class Roots {
  private final Accounts accounts;
  private final InstantSource clock;

  Roots(Accounts accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /// Whether nobody could sign in as root any more without this account. Until the transaction ends
  /// nobody else gets an answer, so that two roots who remove each other do not both succeed.
  boolean isLast(Transaction tx, Account account) {
    lock(tx);
    var now = accounts.find(tx, account.uid());
    return now != null
        && now.role() == Role.ROOT
        && now.state() == Account.State.ACTIVE
        && accounts.activeRoots(tx) == 1;
  }

  /// The row is the lock: PostgreSQL holds it until the end, SQLite has one writer anyway.
  private void lock(Transaction tx) {
    tx.jdbc()
        .sql(
            """
            insert into instance_value (name, value, changed_at, changed_by)
            values ('roots', '', ?, 'system')
            on conflict (name) do update set changed_at = excluded.changed_at
            """)
        .param(clock.millis())
        .update();
  }
}
