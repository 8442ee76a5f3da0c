package io.postern.console.accounts;

import io.postern.console.platform.Digests;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Transaction;
import io.postern.console.settings.InstanceSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The signed-in browsers. A session ends with its [Lifetime], or when somebody ends it;
/// ending deletes its row.
final class Sessions {
  static final int LIVING_MAX = 20;

  /// How often a living session writes that it was seen. Once a request would compete with the
  /// outbox for the one writer of SQLite (stack.md 3.2).
  static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

  private static final Lifetime LIFETIME = new Lifetime("account_session", "uid", LIVING_MAX);
  private static final int AGENT_CHARACTERS_MAX = 256;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final Uid uids;

  Sessions(InstantSource clock, RandomGenerator random, Uid uids) {
    this.clock = clock;
    this.random = random;
    this.uids = uids;
  }

  /// A living session.
  ///
  /// @param uid names it in lists; it opens nothing
  record Session(
      String uid,
      String accountUid,
      Instant createdAt,
      Instant seenAt,
      Instant factorAt,
      String address,
      String agent) {}

  /// A session with its account.
  ///
  /// @param needsPasskey whether the instance demands a passkey that the account does not have yet
  record SignedIn(Session session, Account account, boolean needsPasskey) {}

  /// Where a browser is.
  ///
  /// @param agent what it calls itself, in its own words
  record Client(String address, String agent) {
    Client {
      agent = agent.substring(0, Math.min(agent.length(), AGENT_CHARACTERS_MAX));
    }
  }

  /// Ends the oldest sessions of the account when there would be more than [#LIVING_MAX].
  ///
  /// @return the identifier for the cookie; nobody can read it again
  String open(Transaction tx, String accountUid, Client client) {
    LIFETIME.makeRoom(tx, accountUid);
    var id = Digests.token(random);
    var now = clock.millis();
    tx.jdbc()
        .sql(
            """
            insert into account_session
              (id_hash, uid, account_uid, created_at, seen_at, factor_at, address, agent)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            Digests.sha256(id),
            uids.next(),
            accountUid,
            now,
            now,
            now,
            client.address(),
            client.agent())
        .update();
    return id;
  }

  @Nullable SignedIn find(Transaction tx, String id) {
    var ended = Lifetime.Ended.at(clock.instant());
    return tx.jdbc()
        .sql(
            """
            select a.*, s.uid as session_uid, s.created_at as opened_at, s.seen_at, s.factor_at,
              s.address, s.agent,
              case when a.realm = 'system'
                and exists (select 1 from instance_value v where v.name = ? and v.value = ?)
                and not exists (select 1 from passkey p where p.account_uid = a.uid)
                then 1 else 0 end as needs_passkey
            from account_session s join account a on a.uid = s.account_uid
            where s.id_hash = ? and a.state = 'ACTIVE' and s.seen_at > ? and s.created_at > ?
            """)
        .params(
            InstanceSettings.SECOND_FACTOR,
            InstanceSettings.REQUIRED,
            Digests.sha256(id),
            ended.seen(),
            ended.opened())
        .query((row, index) ->
            new SignedIn(
                session(row), AccountRow.account(row, index), row.getInt("needs_passkey") == 1))
        .optional()
        .orElse(null);
  }

  boolean needsTouch(Session session) {
    return session.seenAt().plus(TOUCH_EVERY).isBefore(clock.instant());
  }

  void touch(Transaction tx, String sessionUid) {
    tx.jdbc()
        .sql("update account_session set seen_at = ? where uid = ?")
        .params(clock.millis(), sessionUid)
        .update();
  }

  /// The same session under a new identifier, after a factor was given again.
  ///
  /// @return the identifier for the cookie; the old one is dead. Null when the session has ended
  @Nullable String renew(Transaction tx, String sessionUid) {
    var id = Digests.token(random);
    var now = clock.millis();
    var renewed =
        tx.jdbc()
            .sql("update account_session set id_hash = ?, factor_at = ?, seen_at = ? where uid = ?")
            .params(Digests.sha256(id), now, now, sessionUid)
            .update();
    return renewed == 0 ? null : id;
  }

  /// The living sessions of an account, the last seen first.
  List<Session> list(Transaction tx, String accountUid) {
    var ended = Lifetime.Ended.at(clock.instant());
    return tx.jdbc()
        .sql(
            """
            select uid as session_uid, account_uid as uid, created_at as opened_at, seen_at,
              factor_at, address, agent
            from account_session
            where account_uid = ? and seen_at > ? and created_at > ? order by seen_at desc
            """)
        .params(accountUid, ended.seen(), ended.opened())
        .query((row, _) -> session(row))
        .list();
  }

  /// Ends one session of the account; another account's is left alone.
  ///
  /// @return false when the account has no such session
  boolean end(Transaction tx, String accountUid, String sessionUid) {
    return tx.jdbc()
            .sql("delete from account_session where account_uid = ? and uid = ?")
            .params(accountUid, sessionUid)
            .update()
        == 1;
  }

  /// Ends all sessions of the account.
  ///
  /// @param except the session to keep, empty for none
  void endAll(Transaction tx, String accountUid, String except) {
    tx.jdbc()
        .sql("delete from account_session where account_uid = ? and uid <> ?")
        .params(accountUid, except)
        .update();
  }

  /// Removes what has ended by time.
  void sweep(Transaction tx) {
    LIFETIME.sweep(tx, clock.instant());
  }

  private static Session session(ResultSet row) throws SQLException {
    return new Session(
        row.getString("session_uid"),
        row.getString("uid"),
        Instant.ofEpochMilli(row.getLong("opened_at")),
        Instant.ofEpochMilli(row.getLong("seen_at")),
        Instant.ofEpochMilli(row.getLong("factor_at")),
        row.getString("address"),
        row.getString("agent"));
  }
}
