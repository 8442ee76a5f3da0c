package io.postern.console.outbox;

import io.postern.console.platform.database.DatabaseException;
import io.postern.console.platform.database.Transaction;
import io.postern.console.settings.RelaySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/// Takes the figures of the outbox, at most every five seconds: health and metrics ask often, and
/// one look reads every state.
public final class VitalSigns {
  private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();
  private static final String WAITING =
      "state in ('QUEUED', 'LEASED', 'COMMITTING', 'RETRY_WAIT', 'UNKNOWN', 'PARKED')";

  private final OutboxParts parts;
  private final RelaySettings settings;
  private final Outbox outbox;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Vitals last;
  private @Nullable RuntimeException failure;
  private long takenAt;

  VitalSigns(OutboxParts parts, RelaySettings settings, Outbox outbox) {
    this.parts = parts;
    this.settings = settings;
    this.outbox = outbox;
  }

  /// Up to five seconds old, and so is what is thrown: whoever asks for twenty figures of a
  /// database that is away waits once.
  ///
  /// @throws DatabaseException or DataAccessException when the database does not answer
  public Vitals now() {
    lock.lock();
    try {
      if ((last == null && failure == null) || parts.ticks().getAsLong() - takenAt >= FRESH_NANOS) {
        look();
      }
      var known = last;
      if (known == null) {
        throw java.util.Objects.requireNonNull(failure);
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    try {
      last = parts.database().read(this::take);
      failure = null;
    } catch (DatabaseException | DataAccessException e) {
      last = null;
      failure = e;
    }
    takenAt = parts.ticks().getAsLong();
  }

  private Vitals take(Transaction transaction) {
    var now = parts.clock().instant();
    var counts = counts(transaction);
    var waiting =
        counts.entrySet().stream()
            .filter(count -> !count.getKey().isEnd())
            .mapToLong(Map.Entry::getValue)
            .sum();
    return new Vitals(
        now,
        counts,
        oldest(transaction, ""),
        oldest(transaction, " and priority = 0"),
        age(transaction, now, waiting, 0.5),
        age(transaction, now, waiting, 0.99),
        number(transaction, "select count(*) from mail where maybe_duplicate = 1"),
        Mails.health(transaction),
        outbox.obstacle(),
        notices(transaction, now));
  }

  private List<String> notices(Transaction transaction, Instant now) {
    var version = settings.inForce(transaction);
    return version == null ? List.of() : Mails.notices(transaction, version, now);
  }

  private static Map<MailState, Long> counts(Transaction transaction) {
    var counts = new EnumMap<MailState, Long>(MailState.class);
    transaction
        .jdbc()
        .sql("select state, count(*) from mail group by state")
        .query((row, _) -> counts.put(MailState.valueOf(row.getString(1)), row.getLong(2)))
        .list();
    return counts;
  }

  private static @Nullable Instant oldest(Transaction transaction, String further) {
    return transaction
        .jdbc()
        .sql("select created_at from mail where " + WAITING + further + " order by uid limit 1")
        .query((row, _) -> Instant.ofEpochMilli(row.getLong(1)))
        .optional()
        .orElse(null);
  }

  /// The age that this share of the waiting mails does not exceed.
  private static Duration age(Transaction transaction, Instant now, long waiting, double share) {
    if (waiting == 0) {
      return Duration.ZERO;
    }
    var younger = Math.min(waiting - 1, (long) (waiting * share));
    var taken =
        transaction
            .jdbc()
            .sql(
                "select created_at from mail where "
                    + WAITING
                    + " order by uid desc limit 1 offset ?")
            .param(younger)
            .query(Long.class)
            .optional()
            .orElse(now.toEpochMilli());
    return Duration.ofMillis(Math.max(0, now.toEpochMilli() - taken));
  }

  private static long number(Transaction transaction, String sql) {
    return transaction.jdbc().sql(sql).query(Long.class).single();
  }
}
