package io.postern.console.settings;

import io.postern.console.platform.Digests;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.Verdict;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Proof of arrival: the test message carries a link that nobody else knows, and whoever presses
/// the button behind it has the message. The database keeps a hash of the link's token.
public final class Arrivals {
  /// Where the links lead, before uid and token.
  static final String PATH = "/link/arrived/";

  /// As long as a relay commonly tries to hand a mail on (RFC 5321 section 4.5.4.1: at least 4 to 5
  /// days).
  static final Duration LIFETIME = Duration.ofDays(5);

  /// For how long the console shows how it ended.
  private static final Duration SHOWN = Duration.ofDays(30);

  private final Database database;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Supplier<String> baseUrl;

  /// @param baseUrl the configured address of this instance, without a slash at the end
  Arrivals(
      Database database, InstantSource clock, RandomGenerator random, Supplier<String> baseUrl) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.baseUrl = baseUrl;
  }

  /// Makes the link for the message that this check is about to send.
  ///
  /// @return its address, in ASCII
  String issue(Actor actor, String uid, String recipient) {
    var token = Digests.token(random);
    var now = clock.instant();
    database.write(transaction -> {
      transaction
          .jdbc()
          .sql("delete from relay_arrival where sent_at < ?")
          .param(now.minus(SHOWN).toEpochMilli())
          .update();
      return transaction
          .jdbc()
          .sql(
              """
              insert into relay_arrival (uid, actor_uid, token_hash, recipient, accepted, sent_at, expires_at)
              values (?, ?, ?, ?, 0, ?, ?)
              """)
          .params(
              uid,
              actor.uid(),
              hash(uid, token),
              recipient,
              now.toEpochMilli(),
              now.plus(LIFETIME).toEpochMilli())
          .update();
    });
    return URI.create(baseUrl.get() + PATH + uid + "/" + token).toASCIIString();
  }

  /// The check ended. A link that left with no message is forgotten; one whose message may have
  /// left stays.
  void judged(String uid, Verdict verdict) {
    var sql =
        verdict.isValid()
            ? "update relay_arrival set accepted = 1 where uid = ?"
            : "delete from relay_arrival where uid = ?";
    if (verdict.isValid() || !mayHaveLeft(verdict)) {
      database.write(transaction -> transaction.jdbc().sql(sql).param(uid).update());
    }
  }

  /// What the link leads to, which this changes nothing of.
  ///
  /// @return null when the link is none of ours
  @Nullable Arrival find(String uid, String token) {
    return one(
        "select * from relay_arrival where uid = ? and token_hash = ?", uid, hash(uid, token));
  }

  /// The button was pressed. The first press counts.
  void confirm(Arrival arrival) {
    var now = clock.instant();
    if (arrival.stateAt(now) == Arrival.State.WAITING) {
      database.write(transaction ->
          transaction
              .jdbc()
              .sql("update relay_arrival set arrived_at = ? where uid = ? and arrived_at is null")
              .params(now.toEpochMilli(), arrival.uid())
              .update());
    }
  }

  /// The message of this check.
  ///
  /// @return null when it sent none with a link, or was somebody else's
  public @Nullable Arrival of(Actor actor, String uid) {
    return one("select * from relay_arrival where uid = ? and actor_uid = ?", uid, actor.uid());
  }

  /// The last message that this operator sent.
  @Nullable Arrival newest(Actor actor) {
    return one(
        "select * from relay_arrival where actor_uid = ? order by sent_at desc, uid desc limit 1",
        actor.uid());
  }

  public Arrival.State stateOf(Arrival arrival) {
    return arrival.stateAt(clock.instant());
  }

  private @Nullable Arrival one(String sql, Object... parameters) {
    return database.read(transaction ->
        transaction
            .jdbc()
            .sql(sql)
            .params(parameters)
            .query((row, _) -> read(row))
            .optional()
            .orElse(null));
  }

  /// Unknown is not refused: when the connection broke after the last octet, the relay may have the
  /// message.
  private static boolean mayHaveLeft(Verdict verdict) {
    return verdict.failedStage() == Stage.DATA && !(verdict.finding() instanceof Finding.Refused);
  }

  private static String hash(String uid, String token) {
    return Digests.sha256("arrival", uid, token);
  }

  private static Arrival read(ResultSet row) throws SQLException {
    var arrivedAt = row.getObject("arrived_at") == null ? null : row.getLong("arrived_at");
    return new Arrival(
        row.getString("uid"),
        row.getString("recipient"),
        row.getInt("accepted") == 1,
        Instant.ofEpochMilli(row.getLong("sent_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        arrivedAt == null ? null : Instant.ofEpochMilli(arrivedAt));
  }
}
