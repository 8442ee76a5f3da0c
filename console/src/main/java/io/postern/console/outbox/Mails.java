package io.postern.console.outbox;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Transaction;
import io.postern.console.settings.RelayVersion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks into the outbox: lists, one mail with its attempts, counts.
public final class Mails {
  private final Database database;
  private final MailRow rows;
  private final AttemptStore attempts;
  private final InstantSource clock;

  Mails(Database database, MailRow rows, AttemptStore attempts, InstantSource clock) {
    this.clock = clock;
    this.database = database;
    this.rows = rows;
    this.attempts = attempts;
  }

  /// What a list shows.
  ///
  /// @param state absent: all
  /// @param text part of the recipient or subject, without case; empty: all
  /// @param limit at most 200
  public record Filter(@Nullable MailState state, String text, int offset, int limit) {}

  /// @param total how many the filter finds, on all pages
  public record Page(List<QueuedMail> mails, long total) {}

  public Page list(Filter filter) {
    var condition = condition(filter);
    return database.read(transaction -> {
      var total =
          transaction
              .jdbc()
              .sql("select count(*) from mail" + condition.where())
              .params(condition.parameters())
              .query(Long.class)
              .single();
      var paged = new ArrayList<>(condition.parameters());
      paged.add(filter.limit());
      paged.add(filter.offset());
      var mails =
          transaction
              .jdbc()
              .sql(MailRow.SELECT + condition.where() + " order by uid desc limit ? offset ?")
              .params(paged)
              .query((row, _) -> rows.read(row))
              .list();
      return new Page(mails, total);
    });
  }

  private record Condition(String where, List<Object> parameters) {}

  private static Condition condition(Filter filter) {
    var conditions = new ArrayList<String>();
    var parameters = new ArrayList<Object>();
    if (filter.state() != null) {
      // The indexes see COMMITTING as LEASED.
      conditions.add("standing = ? and state = ?");
      parameters.add(
          filter.state() == MailState.COMMITTING ? MailState.LEASED.name() : filter.state().name());
      parameters.add(filter.state().name());
    }
    if (!filter.text().isEmpty()) {
      conditions.add("(lower(to_address) like ? escape '!' or lower(subject) like ? escape '!')");
      var pattern = "%" + literal(filter.text()) + "%";
      parameters.add(pattern);
      parameters.add(pattern);
    }
    var where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    return new Condition(where, parameters);
  }

  /// The text without the meaning that `%` and `_` have in a pattern.
  private static String literal(String text) {
    return text.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  public @Nullable QueuedMail find(String uid) {
    return database.read(transaction ->
        transaction
            .jdbc()
            .sql(MailRow.SELECT + " where uid = ?")
            .param(uid)
            .query((row, _) -> rows.read(row))
            .optional()
            .orElse(null));
  }

  public List<Attempt> attempts(String uid) {
    return database.read(transaction -> attempts.of(transaction, uid));
  }

  public Map<MailState, Long> counts() {
    return database.read(transaction -> {
      var counts = new EnumMap<MailState, Long>(MailState.class);
      transaction
          .jdbc()
          .sql("select state, count(*) from mail group by state")
          .query((row, _) -> counts.put(MailState.valueOf(row.getString(1)), row.getLong(2)))
          .list();
      return counts;
    });
  }

  /// How many have not reached an end.
  public long waiting() {
    return database.read(transaction ->
        transaction
            .jdbc()
            .sql(
                "select count(*) from mail where state in ('QUEUED', 'LEASED', 'COMMITTING', 'RETRY_WAIT', 'UNKNOWN', 'PARKED')")
            .query(Long.class)
            .single());
  }

  /// The moment to which the times of mails are compared.
  Instant now() {
    return clock.instant();
  }

  /// The state of the relay's circuit and of the pause switch.
  public RelayHealth health() {
    return database.read(Mails::health);
  }

  /// What an operator should know about the relay although mail flows, a sentence each.
  public List<String> notices(@Nullable RelayVersion version) {
    if (version == null) {
      return List.of();
    }
    return database.read(transaction -> notices(transaction, version, clock.instant()));
  }

  static List<String> notices(Transaction transaction, RelayVersion version, Instant now) {
    var notices = Circuit.read(transaction).sight().notices(version, now);
    notices.addAll(Throttle.read(transaction).notices(now));
    return notices;
  }

  /// Why mail goes out more slowly than it could, a sentence each.
  public List<String> slowed() {
    return database.read(transaction -> Throttle.read(transaction).notices(clock.instant()));
  }

  static RelayHealth health(Transaction transaction) {
    var state = Circuit.read(transaction);
    return new RelayHealth(
        state.paused(),
        state.isOpen(),
        state.cause(),
        state.summary(),
        state.since(),
        state.openUntil(),
        state.lastAcceptedAt(),
        state.restoredAt());
  }
}
