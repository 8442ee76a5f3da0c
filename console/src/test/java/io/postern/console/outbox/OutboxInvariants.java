package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database;
import java.util.List;

/// What is true of every outbox at every moment, whatever happened before. Each statement finds the
/// rows that break a rule.
final class OutboxInvariants {
  private static final List<String> BROKEN =
      List.of(
          // A lease stands exactly while a worker has the mail.
          "select uid from mail where (lease_token is not null) <> (state in ('LEASED', 'COMMITTING'))",
          "select uid from mail where (lease_until is not null) <> (lease_token is not null)",
          // The end has a time, and only the end.
          "select uid from mail where (ended_at is not null) <> (state in ('DELIVERED', 'FAILED', 'EXPIRED', 'CANCELLED'))",
          // What is still to be sent can be made.
          "select uid from mail where ended_at is null and (erased = 1 or uid not in (select mail_uid from mail_letter))",
          // What was erased is gone.
          "select uid from mail where erased = 1 and (ended_at is null or uid in (select mail_uid from mail_letter) or uid in (select mail_uid from mail_octets))",
          // Nothing passes the point of no return without its octets on disk; they stay
          // until the end.
          "select uid from mail where state in ('COMMITTING', 'UNKNOWN') and uid not in (select mail_uid from mail_octets)",
          // Whoever may have it twice is flagged.
          "select uid from mail where (state = 'UNKNOWN' or unknown_attempts > 0) and maybe_duplicate = 0",
          // The relay's word is kept for what it took, and for nothing else.
          "select uid from mail where (accepted_reply is not null) <> (state = 'DELIVERED')",
          // Whoever waits for a worker or the relay has a turn, and whoever ended has none.
          "select uid from mail where turn is null and state in ('LEASED', 'COMMITTING', 'PARKED')",
          "select uid from mail where turn is not null and ended_at is not null",
          // The indexes see what is.
          "select uid from mail where standing <> case when state = 'COMMITTING' then 'LEASED' else state end",
          // Nothing is left of a mail that is gone.
          "select mail_uid as uid from mail_letter where mail_uid not in (select uid from mail)",
          "select mail_uid as uid from mail_octets where mail_uid not in (select uid from mail)",
          "select mail_uid as uid from mail_attempt where mail_uid not in (select uid from mail)",
          // Attempts are numbered without gaps, and every judged try has its row.
          "select mail_uid as uid from mail_attempt group by mail_uid having max(number) <> count(*) or min(number) <> 1",
          "select uid from mail m where attempts > (select count(*) from mail_attempt a where a.mail_uid = m.uid)",
          "select uid from mail where state in ('FAILED', 'EXPIRED', 'CANCELLED', 'PARKED', 'UNKNOWN') and coalesce(reason, '') = ''");

  private OutboxInvariants() {}

  static void check(Database database) {
    for (var rule : BROKEN) {
      List<String> rows =
          database.read(tx -> tx.jdbc().sql(rule).query((row, _) -> row.getString("uid")).list());
      assertThat(rows).as(rule).isEmpty();
    }
  }
}
