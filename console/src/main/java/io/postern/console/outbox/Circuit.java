package io.postern.console.outbox;

import io.postern.console.platform.database.Transaction;
import io.postern.smtp.Stage;
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

  private Circuit() {}

  /// The state as it stands.
  ///
  /// @param openUntil when the next try may be made; in the past and failures above zero: one mail
  ///   may try
  record State(
      boolean paused,
      Instant openUntil,
      int failures,
      Duration interval,
      String cause,
      String summary,
      Instant since,
      Instant lastAcceptedAt) {
    boolean isOpen() {
      return failures > 0;
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
                row.getString("cause"),
                row.getString("summary"),
                Instant.ofEpochMilli(row.getLong("since")),
                Instant.ofEpochMilli(row.getLong("last_accepted_at"))))
        .single();
  }

  /// The relay failed: nothing is tried before the interval is over.
  static void open(
      Transaction transaction, Stage stage, String cause, String summary, Instant now) {
    var state = read(transaction);
    var interval = stage == Stage.AUTH ? AFTER_SIGN_IN : doubled(state.interval());
    transaction
        .jdbc()
        .sql(
            "update outbox_control set open_until = ?, failures = failures + 1, interval_ms = ?, cause = ?, summary = ?, since = ? where id = 1")
        .params(
            now.plus(interval).toEpochMilli(),
            interval.toMillis(),
            cause,
            summary,
            state.isOpen() ? state.since().toEpochMilli() : now.toEpochMilli())
        .update();
  }

  static void close(Transaction transaction) {
    transaction
        .jdbc()
        .sql(
            "update outbox_control set open_until = 0, failures = 0, interval_ms = 0, cause = '', summary = '' where id = 1 and failures > 0")
        .update();
  }

  static void accepted(Transaction transaction, Instant now) {
    transaction
        .jdbc()
        .sql("update outbox_control set last_accepted_at = ? where id = 1 and last_accepted_at < ?")
        .params(now.toEpochMilli(), now.toEpochMilli())
        .update();
  }

  static void pause(Transaction transaction, boolean paused) {
    transaction
        .jdbc()
        .sql("update outbox_control set paused = ? where id = 1")
        .param(paused ? 1 : 0)
        .update();
  }

  private static Duration doubled(Duration interval) {
    var next = interval.isZero() ? AFTER_CONNECT : interval.multipliedBy(2);
    return next.compareTo(INTERVAL_MAX) > 0 ? INTERVAL_MAX : next;
  }
}
