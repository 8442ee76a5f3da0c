package io.postern.console.outbox;

import io.postern.console.platform.database.Transaction;
import io.postern.console.settings.RelayVersion;
import io.postern.smtp.Reply;
import io.postern.smtp.diagnosis.Provider;
import io.postern.smtp.diagnosis.Rulebook;
import io.postern.smtp.session.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How fast the relay may be given mail, and over how many connections: what its provider
/// is known to take, and what it was heard to complain of. A row, shared by all processes; it
/// belongs to one version of the relay and is forgotten with it.
///
/// @param rateReply the complaint behind the rate, in the relay's words
/// @param connections as many as it took when it complained, 0 for any number
/// @param nextAt when the next mail may go
record Throttle(
    long relayNumber,
    LearnedRate rate,
    String rateReply,
    int connections,
    Instant connectionsAt,
    String connectionsReply,
    Instant nextAt) {
  /// After a complaint nothing is sent for so long: what a relay counts by the minute has to run
  /// out.
  static final Duration QUIET = Duration.ofSeconds(30);

  /// A number of connections that was learned is kept for so long, then tried anew.
  static final Duration CONNECTIONS_KEPT = Duration.ofHours(1);

  /// No pause is longer; a time further ahead than this and [Circuit#SKEW_MAX] comes from a clock
  /// that was set back.
  static final Duration PAUSE_MAX = Duration.ofMinutes(1);

  private static final double MILLIS_PER_MINUTE = 60_000;
  private static final double SECONDS_PER_MINUTE = 60;

  /// RFC 3463: the second figure says that the words are about the recipient's mailbox.
  private static final int OF_THE_MAILBOX = 2;

  static Throttle read(Transaction transaction) {
    return read(transaction, "select * from outbox_throttle where id = 1");
  }

  /// The same, and nobody else changes it before the transaction ends.
  static Throttle lock(Transaction transaction) {
    return read(transaction, "update outbox_throttle set id = id where id = 1 returning *");
  }

  private static Throttle read(Transaction transaction, String sql) {
    return transaction
        .jdbc()
        .sql(sql)
        .query((row, _) ->
            new Throttle(
                row.getLong("relay_number"),
                new LearnedRate(
                    row.getDouble("cut_to"),
                    Instant.ofEpochMilli(row.getLong("cut_at")),
                    row.getDouble("ceiling")),
                row.getString("rate_reply"),
                row.getInt("connections"),
                Instant.ofEpochMilli(row.getLong("connections_at")),
                row.getString("connections_reply"),
                Instant.ofEpochMilli(row.getLong("next_at"))))
        .single();
  }

  /// Another version is in force: what was heard of the last one says nothing about it.
  static void forget(Transaction transaction, long relayNumber) {
    transaction
        .jdbc()
        .sql(
            "update outbox_throttle set relay_number = ?, cut_to = 0, rate_reply = '', connections = 0, connections_reply = '', next_at = 0 where id = 1")
        .param(relayNumber)
        .update();
  }

  /// Whether a relay says that it gets too much of it from here, and not for one recipient.
  static boolean isComplaint(Failure failure) {
    var reply = failure.reply();
    var enhanced = reply == null ? null : reply.enhanced();
    var ofMailbox = enhanced != null && enhanced.subject() == OF_THE_MAILBOX;
    return reply != null && !ofMailbox && (isOfRate(failure) || isOfConnections(failure));
  }

  /// Notes a complaint; whatever else failed teaches nothing.
  ///
  /// @param version the one that was tried, and is in force
  static void learn(Transaction transaction, RelayVersion version, Failure failure, Instant now) {
    if (!isComplaint(failure)) {
      return;
    }
    var heard = lock(transaction);
    if (heard.relayNumber < version.number()) {
      forget(transaction, version.number());
      heard = lock(transaction);
    }
    if (isOfConnections(failure)) {
      transaction
          .jdbc()
          .sql(
              "update outbox_throttle set connections = ?, connections_at = ?, connections_reply = ? where id = 1")
          .params(
              Math.max(1, Connections.open(transaction, now) - 1),
              now.toEpochMilli(),
              words(failure.reply()))
          .update();
      return;
    }
    var inForce = heard.mailsPerMinute(version, now);
    var cut = heard.rate.cut(inForce, accepted(transaction, now), now);
    transaction
        .jdbc()
        .sql(
            "update outbox_throttle set cut_to = ?, cut_at = ?, ceiling = ?, rate_reply = ?, next_at = ? where id = 1")
        .params(
            cut.cutTo(),
            cut.cutAt().toEpochMilli(),
            cut.ceiling(),
            words(failure.reply()),
            now.plus(QUIET).toEpochMilli())
        .update();
  }

  /// How many mails were accepted within the last minute; those beyond what is ever held back are
  /// not counted.
  private static int accepted(Transaction transaction, Instant now) {
    return transaction
        .jdbc()
        .sql(
            "select count(*) from (select 1 from mail where ended_at is not null and ended_at > ? and state = 'DELIVERED' limit ?) taken")
        .params(
            now.minus(LearnedRate.ONE_COMPLAINT).toEpochMilli(),
            (int) LearnedRate.MAILS_PER_MINUTE_MAX)
        .query(Integer.class)
        .single();
  }

  /// Infinite when nothing is held back.
  double mailsPerMinute(RelayVersion version, Instant now) {
    var limits = limits(version);
    var known =
        limits.mailsPerMinute() == 0
            ? Double.POSITIVE_INFINITY
            : limits.mailsPerMinute() * LearnedRate.SHARE;
    return relayNumber == version.number() ? Math.min(known, rate.at(now)) : known;
  }

  /// How many connections may be open at once, in all processes together.
  int connectionsMax(RelayVersion version, Instant now) {
    var limits = limits(version);
    var known = limits.connections() == 0 ? Integer.MAX_VALUE : limits.connections();
    return relayNumber == version.number() && isConnectionsKept(now)
        ? Math.min(known, connections)
        : known;
  }

  /// How long nothing may be sent yet; zero when a mail may go.
  Duration pause(RelayVersion version, Instant now) {
    var wait = Duration.between(now, nextAt);
    return Double.isInfinite(mailsPerMinute(version, now))
            || wait.isNegative()
            || wait.compareTo(PAUSE_MAX.plus(Circuit.SKEW_MAX)) > 0
        ? Duration.ZERO
        : wait;
  }

  /// How many mails may go together: those of a second, at least one.
  int share(RelayVersion version, Instant now, int most) {
    return (int) Math.clamp(mailsPerMinute(version, now) / SECONDS_PER_MINUTE, 1, most);
  }

  /// So many go now; the next ones have to wait as long as these take at the rate in force.
  void spend(Transaction transaction, RelayVersion version, Instant now, int mails) {
    var millis = Math.ceil(mails * MILLIS_PER_MINUTE / mailsPerMinute(version, now));
    transaction
        .jdbc()
        .sql("update outbox_throttle set next_at = ? where id = 1")
        .param(now.toEpochMilli() + (long) millis)
        .update();
  }

  /// What an operator should know, a sentence each.
  List<String> notices(Instant now) {
    var notices = new ArrayList<String>();
    var learned = rate.at(now);
    if (!Double.isInfinite(learned)) {
      notices.add(
          "Sending is slowed to %d a minute, because the relay said: %s. It grows by a tenth every minute, until the relay says so again."
              .formatted(Math.round(learned), rateReply));
    }
    if (isConnectionsKept(now)) {
      notices.add(
          "Not more than %s used at once, because the relay said: %s. After an hour one more is tried."
              .formatted(
                  connections == 1 ? "1 connection is" : connections + " connections are",
                  connectionsReply));
    }
    return notices;
  }

  private boolean isConnectionsKept(Instant now) {
    var since = Duration.between(connectionsAt, now).abs();
    return connections > 0 && since.compareTo(CONNECTIONS_KEPT) < 0;
  }

  private static Provider.Limits limits(RelayVersion version) {
    var host = version.values().host().ascii();
    var provider = Rulebook.ofHost(host);
    return provider == null ? Provider.Limits.NONE : provider.limitsAt(host);
  }

  private static boolean isOfRate(Failure failure) {
    return failure.diagnosis().cause().equals("rate-limited");
  }

  private static boolean isOfConnections(Failure failure) {
    return failure.diagnosis().cause().equals("concurrency-limit");
  }

  private static String words(@Nullable Reply reply) {
    return reply == null ? "" : reply.toString();
  }
}
