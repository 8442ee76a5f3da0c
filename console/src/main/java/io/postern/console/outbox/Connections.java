package io.postern.console.outbox;

import io.postern.console.platform.database.DatabaseException;
import io.postern.console.platform.database.Transaction;
import io.postern.console.settings.RelayVersion;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// The connection of one lane among those of all lanes and processes, so that together they are not
/// more than the relay takes. Noted for a minute and renewed while it is used: that of a
/// process that was killed does not count for long.
final class Connections {
  static final Duration HELD = Duration.ofMinutes(1);

  static final Duration RENEWED_AFTER = HELD.dividedBy(3);

  /// What is held for longer was noted by a clock that was set back since.
  private static final Duration HELD_MAX = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final OutboxParts parts;
  private final String lane;
  private boolean noted;
  private Instant notedAt = Instant.EPOCH;

  Connections(OutboxParts parts) {
    this.parts = parts;
    this.lane = parts.uids().next();
  }

  /// Whether there is room for one of this lane; asks only.
  boolean hasRoom(Transaction transaction, RelayVersion version, Instant now) {
    var most = Throttle.read(transaction).connectionsMax(version, now);
    return noted || most == Integer.MAX_VALUE || others(transaction, now) < most;
  }

  /// Notes the connection that is about to be opened.
  ///
  /// @return false when there are as many as there may be
  boolean open(RelayVersion version) {
    var now = parts.clock().instant();
    noted =
        parts
            .database()
            .write(transaction -> {
              var most = Throttle.lock(transaction).connectionsMax(version, now);
              var free = most == Integer.MAX_VALUE || others(transaction, now) < most;
              return free && note(transaction, now);
            });
    notedAt = now;
    return noted;
  }

  /// The lane is about to use it.
  void use() {
    var now = parts.clock().instant();
    if (noted && Duration.between(notedAt, now).abs().compareTo(RENEWED_AFTER) >= 0) {
      notedAt = now;
      renew();
    }
  }

  /// It is still used; from any thread.
  void renew() {
    try {
      parts
          .database()
          .write(transaction ->
              transaction
                  .jdbc()
                  .sql("update outbox_connection set held_until = ? where lane = ?")
                  .params(parts.clock().instant().plus(HELD).toEpochMilli(), lane)
                  .update());
    } catch (DatabaseException | DataAccessException e) {
      LOG.warn("A connection to the relay could not be noted again: {}", e.getMessage());
    }
  }

  /// It was closed.
  void closed() {
    if (!noted) {
      return;
    }
    noted = false;
    try {
      parts
          .database()
          .write(transaction ->
              transaction
                  .jdbc()
                  .sql("delete from outbox_connection where lane = ?")
                  .param(lane)
                  .update());
    } catch (DatabaseException | DataAccessException e) {
      // It runs out by itself.
      LOG.warn("A closed connection to the relay could not be noted: {}", e.getMessage());
    }
  }

  /// How many are open.
  static int open(Transaction transaction, Instant now) {
    return count(transaction, "", now);
  }

  private int others(Transaction transaction, Instant now) {
    return count(transaction, lane, now);
  }

  private static int count(Transaction transaction, String without, Instant now) {
    return transaction
        .jdbc()
        .sql(
            "select count(*) from outbox_connection where lane <> ? and held_until > ? and held_until < ?")
        .params(without, now.toEpochMilli(), now.plus(HELD_MAX).toEpochMilli())
        .query(Integer.class)
        .single();
  }

  private boolean note(Transaction transaction, Instant now) {
    transaction
        .jdbc()
        .sql("delete from outbox_connection where held_until <= ? or held_until >= ?")
        .params(now.toEpochMilli(), now.plus(HELD_MAX).toEpochMilli())
        .update();
    return transaction
            .jdbc()
            .sql(
                "insert into outbox_connection (lane, held_until) values (?, ?) on conflict (lane) do update set held_until = excluded.held_until")
            .params(lane, now.plus(HELD).toEpochMilli())
            .update()
        == 1;
  }
}
