package io.postern.console.outbox;

import io.postern.console.platform.database.Transaction;
import java.time.Instant;
import java.util.List;

/// What people do to waiting mail. Mail on the wire is out of their reach: every statement names
/// the states it may change. [#deleteFor] alone takes all mail of a tenant: a worker that has some
/// on the wire finds its lease gone.
final class Interventions {
  /// Everything that waits is due now, but what the relay may already have.
  int releaseAll(Transaction transaction, Instant now) {
    return transaction
        .jdbc()
        .sql(
            "update mail set state = 'QUEUED', due_at = ? where standing in ('PARKED', 'RETRY_WAIT')")
        .param(now.toEpochMilli())
        .update();
  }

  /// How many wait for nothing but their turn.
  int queued(Transaction transaction) {
    return transaction
        .jdbc()
        .sql("select count(*) from mail where standing = 'QUEUED'")
        .query(Integer.class)
        .single();
  }

  boolean retryNow(Transaction transaction, String uid, Instant now) {
    return transaction
            .jdbc()
            .sql(
                "update mail set state = 'QUEUED', due_at = ?, ended_at = null, turn = coalesce(turn, "
                    + Picking.NEXT_TURN_OF_RETRY
                    + ") where uid = ? and state in ('RETRY_WAIT', 'UNKNOWN', 'PARKED', 'FAILED', 'QUEUED') and expires_at > ? and erased = 0")
            .params(now.toEpochMilli(), uid, now.toEpochMilli())
            .update()
        == 1;
  }

  boolean cancel(Transaction transaction, String uid, Instant now) {
    return transaction
            .jdbc()
            .sql(
                "update mail set state = 'CANCELLED', ended_at = ?, turn = null, reason = 'Cancelled by an operator.' where uid = ? and state in ('QUEUED', 'RETRY_WAIT', 'UNKNOWN', 'PARKED')")
            .params(now.toEpochMilli(), uid)
            .update()
        == 1;
  }

  int cancelFor(Transaction transaction, String tenantUid, Instant now) {
    return transaction
        .jdbc()
        .sql(
            "update mail set state = 'CANCELLED', ended_at = ?, turn = null, reason = 'Its tenant was deleted.' where tenant_uid = ? and state in ('QUEUED', 'RETRY_WAIT', 'UNKNOWN', 'PARKED')")
        .params(now.toEpochMilli(), tenantUid)
        .update();
  }

  void deleteFor(Transaction transaction, String tenantUid) {
    Removal.mails(transaction, "tenant_uid = ?", List.of(tenantUid));
  }
}
