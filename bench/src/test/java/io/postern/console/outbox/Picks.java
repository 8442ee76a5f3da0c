package io.postern.console.outbox;

import io.postern.console.platform.database.Database;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.ApplicationContext;

/// Picks mail as a worker does, without one.
public final class Picks {
  private static final String TOKEN = "bench";

  private final OutboxParts parts;
  private final Database database;

  public Picks(ApplicationContext context) {
    this.parts = context.getBean(OutboxParts.class);
    this.database = parts.database();
  }

  /// No worker takes anything from now on.
  public void holdWorkersBack() {
    database.write(tx -> {
      Circuit.pause(tx, true);
      return 0;
    });
  }

  /// Mails of so many tenants, each with the same share.
  public void fill(int mails, int tenants) {
    var now = Instant.now();
    database.write(tx ->
        tx.jdbc()
            .sql(
                """
                insert into mail (uid, kind, to_address, subject, message_id, state, priority, tenant_uid, digest, created_at, due_at, expires_at,
                  attempts, unknown_attempts, maybe_duplicate, turn)
                with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ?)
                select 'waiting' || n, 'BENCH', 'someone@bench.test', 'Waiting', 'waiting' || n, 'QUEUED', 1, 'tenant' || (n %% %1$d), 'none', ?, ?, ?,
                  0, 0, 0, n / %1$d
                from numbers
                """
                    .formatted(tenants))
            .params(
                mails,
                now.toEpochMilli(),
                now.toEpochMilli(),
                now.plus(Duration.ofDays(5)).toEpochMilli())
            .update());
  }

  /// @return how many mails were taken
  public int pick() {
    return database.write(tx ->
        parts
            .store()
            .lease(tx, parts.clock().instant(), TOKEN, Duration.ofMinutes(1), OutboxWorker.BATCH)
            .size());
  }

  /// What was picked is sent.
  public void settle() {
    database.write(tx ->
        tx.jdbc()
            .sql(
                "update mail set state = 'DELIVERED', accepted_reply = '250', ended_at = ?, turn = null, lease_token = null, lease_until = null where state = 'LEASED'")
            .param(parts.clock().millis())
            .update());
  }
}
