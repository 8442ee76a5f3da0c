package io.postern.console.outbox;

import io.postern.console.platform.database.Transaction;
import io.postern.smtp.Stage;
import io.postern.smtp.session.Failure;
import java.time.Duration;
import java.time.Instant;

/// Holds deliveries back while the relay itself is at fault, so that a wrong password does not burn
/// mail or lock the account (R-731, PLAN 11). Its state is a row, shared by all processes.
final class Circuit {
  /// A refused sign-in is tried again this late, so that no account gets locked.
  static final Duration AFTER_SIGN_IN = Duration.ofMinutes(15);

  /// Connect, TLS and greeting faults begin here and double.
  static final Duration AFTER_CONNECT = Duration.ofSeconds(30);

  static final Duration INTERVAL_MAX = Duration.ofMinutes(15);

  /// By so much the clocks of two processes may differ, as for Kerberos (RFC 4120, 1.6). A time
  /// that lies further ahead than any wait and this comes from a clock that was set back since
  /// one within it was written by a process whose clock is ahead, and holds.
  static final Duration SKEW_MAX = Duration.ofMinutes(5);

  /// So many mails in a row must be refused at the recipient or the content before the relay is to
  /// blame and not the mail: one bad recipient must not hold the others back.
  static final int SUSPECTS_MAX = 3;

  private Circuit() {}

  /// The state as it stands.
  ///
  /// @param openUntil when the next try may be made; in the past and failures above zero: one mail
  ///   may try
  /// @param probing whether that one is on its way
  /// @param suspects how many mails in a row blame the relay
  /// @param restoredAt when the outbox was paused because its database came from a backup; epoch
  ///   when it was not
  record State(
      boolean paused,
      Instant openUntil,
      int failures,
      Duration interval,
      boolean probing,
      int suspects,
      String cause,
      String summary,
      Instant since,
      Instant lastAcceptedAt,
      Instant restoredAt,
      Sight sight) {
    boolean isOpen() {
      return failures > 0;
    }

    /// Whether a success would change anything.
    boolean isInDoubt() {
      return isOpen() || suspects > 0;
    }

    /// Whether not even one mail may try the relay.
    boolean isHeldAt(Instant now) {
      return isOpen() && now.isBefore(openUntil) && !openUntil.isAfter(heldMax(now));
    }
  }

  static State read(Transaction transaction) {
    return transaction
        .jdbc()
        .sql("select * from outbox_control where id = 1")
        .query((row, _) ->
            new State(
                row.getInt("paused") == 1,
                Instant.ofEpochMilli(row.getLong("open_until")),
                row.getInt("failures"),
                Duration.ofMillis(row.getLong("interval_ms")),
                row.getInt("probing") == 1,
                row.getInt("suspects"),
                row.getString("cause"),
                row.getString("summary"),
                Instant.ofEpochMilli(row.getLong("since")),
                Instant.ofEpochMilli(row.getLong("last_accepted_at")),
                Instant.ofEpochMilli(row.getLong("restored_at")),
                Sight.read(row)))
        .single();
  }

  /// The relay failed: nothing is tried before the interval is over. Workers that fail together
  /// count as one failure.
  static void open(Transaction transaction, Failure failure, Instant now) {
    var state = read(transaction);
    if (state.isHeldAt(now) && !state.probing()) {
      return;
    }
    var interval = failure.stage() == Stage.AUTH ? AFTER_SIGN_IN : doubled(state.interval());
    transaction
        .jdbc()
        .sql(
            "update outbox_control set open_until = ?, failures = failures + 1, interval_ms = ?, cause = ?, summary = ?, since = ?, probing = 0 where id = 1")
        .params(
            now.plus(interval).toEpochMilli(),
            interval.toMillis(),
            failure.diagnosis().cause(),
            failure.diagnosis().summary(),
            state.isOpen() ? state.since().toEpochMilli() : now.toEpochMilli())
        .update();
  }

  /// Whether this caller may try the relay with one mail; of all workers and processes only one may
  /// in each interval, so that a wrong password is not tried more often than it must be.
  static boolean claimProbe(Transaction transaction, Instant now) {
    return transaction
            .jdbc()
            .sql(
                "update outbox_control set open_until = ? + interval_ms, probing = 1 where id = 1 and failures > 0 and (open_until <= ? or open_until > ?)")
            .params(now.toEpochMilli(), now.toEpochMilli(), heldMax(now).toEpochMilli())
            .update()
        == 1;
  }

  /// The next try is made at once instead of at the end of the interval.
  static void probeNow(Transaction transaction) {
    transaction
        .jdbc()
        .sql(
            "update outbox_control set open_until = 0, interval_ms = 0 where id = 1 and failures > 0")
        .update();
  }

  /// A mail blames the relay. One that took a mail of another process just now is not to blame:
  /// that may not have been told yet ([Successes]).
  ///
  /// @return how many mails in a row blame it now
  static int suspect(Transaction transaction, Instant now) {
    return transaction
        .jdbc()
        .sql(
            "update outbox_control set suspects = case when suspects + 1 < ? or last_accepted_at <= ? then suspects + 1 else suspects end where id = 1 returning suspects")
        .params(SUSPECTS_MAX, now.minus(Successes.EVERY.multipliedBy(2)).toEpochMilli())
        .query(Integer.class)
        .single();
  }

  static void close(Transaction transaction) {
    transaction
        .jdbc()
        .sql(
            "update outbox_control set open_until = 0, failures = 0, interval_ms = 0, cause = '', summary = '', suspects = 0, probing = 0 where id = 1 and (failures > 0 or suspects > 0)")
        .update();
  }

  /// Notes a success; see [Successes] for when.
  static void accepted(Transaction transaction, Instant now) {
    transaction
        .jdbc()
        .sql("update outbox_control set last_accepted_at = ?, suspects = 0 where id = 1")
        .param(now.toEpochMilli())
        .update();
  }

  static void pause(Transaction transaction, boolean paused) {
    transaction
        .jdbc()
        .sql("update outbox_control set paused = ?, restored_at = restored_at * ? where id = 1")
        .params(paused ? 1 : 0, paused ? 1 : 0)
        .update();
  }

  /// The database was put back from a backup: nothing is sent until somebody says so, and what
  /// waits may have been sent since.
  ///
  /// @return how many mails were flagged
  static int restored(Transaction transaction, Instant now) {
    transaction
        .jdbc()
        .sql("update outbox_control set paused = 1, restored_at = ? where id = 1")
        .param(now.toEpochMilli())
        .update();
    return transaction
        .jdbc()
        .sql(
            "update mail set maybe_duplicate = 1 where state in ('QUEUED', 'LEASED', 'COMMITTING', 'RETRY_WAIT', 'UNKNOWN', 'PARKED')")
        .update();
  }

  private static Instant heldMax(Instant now) {
    return now.plus(INTERVAL_MAX).plus(SKEW_MAX);
  }

  private static Duration doubled(Duration interval) {
    var next = interval.isZero() ? AFTER_CONNECT : interval.multipliedBy(2);
    return next.compareTo(INTERVAL_MAX) > 0 ? INTERVAL_MAX : next;
  }
}
