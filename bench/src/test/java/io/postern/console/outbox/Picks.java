package io.postern.console.outbox;

import io.postern.console.platform.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
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

  /// Whether no worker, of any process, takes anything from now on.
  public void holdWorkersBack(boolean held) {
    database.write(tx -> {
      Circuit.pause(tx, held);
      return 0;
    });
    parts.wakeup().wake();
  }

  /// Mails that will still be sent by themselves, or are being sent.
  public int waiting() {
    return count("turn is not null or state in ('RETRY_WAIT', 'LEASED', 'COMMITTING')");
  }

  public int leased() {
    return count("standing = 'LEASED'");
  }

  public int unknown() {
    return count("state = 'UNKNOWN' and maybe_duplicate = 1");
  }

  /// As if the minute had passed for which a lease is given.
  public void endLeases() {
    database.write(
        tx -> tx.jdbc().sql("update mail set lease_until = 0 where standing = 'LEASED'").update());
  }

  private int count(String condition) {
    return database.read(tx ->
        tx.jdbc()
            .sql("select count(*) from mail where ended_at is null and (" + condition + ")")
            .query(Integer.class)
            .single());
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
            .lease(tx, parts.clock().instant(), TOKEN, Set.of(), OutboxWorker.BATCH)
            .size());
  }

  /// What was picked is sent.
  public void settle() {
    database.write(tx ->
        tx.jdbc()
            .sql(
                "update mail set state = 'DELIVERED', accepted_reply = '250', ended_at = ?, turn = null, lease_token = null, lease_until = null where standing = 'LEASED'")
            .param(parts.clock().millis())
            .update());
  }
}
