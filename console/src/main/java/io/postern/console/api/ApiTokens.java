package io.postern.console.api;

import io.postern.console.accounts.Lifetime;
import io.postern.console.accounts.TokenStore;
import io.postern.console.platform.database.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Tokens that `POST /v1/auth/syslogin` gives for a password. One has the [Lifetime] of a browser's
/// session.
final class ApiTokens implements TokenStore {
  /// How many an account has at most, more than sessions of browsers, for programs that run side by
  /// side have one each. The next sign-in ends the oldest: a program that signs in for every call
  /// must not lock the others out.
  static final int LIVING_MAX = 100;

  /// How often a token that is in use writes that it was seen: a write per request would compete
  /// with the outbox.
  static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

  private static final Lifetime LIFETIME = new Lifetime("api_token", "token_hash", LIVING_MAX);
  private static final String MARK = "postern_token_";

  private final InstantSource clock;
  private final RandomGenerator random;

  ApiTokens(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /// A living token.
  record Living(String hash, String accountUid, Instant createdAt, Instant seenAt) {}

  static boolean isToken(String text) {
    return text.startsWith(MARK);
  }

  /// Ends the oldest tokens of the account when there would be more than [#LIVING_MAX].
  ///
  /// @return the token; nobody can read it again
  String give(Transaction tx, String accountUid) {
    LIFETIME.sweep(tx, clock.instant());
    LIFETIME.makeRoom(tx, accountUid);
    var token = Digest.draw(random, MARK);
    var now = clock.millis();
    tx.jdbc()
        .sql(
            "insert into api_token (token_hash, account_uid, created_at, seen_at)"
                + " values (?, ?, ?, ?)")
        .params(Digest.of(token), accountUid, now, now)
        .update();
    return token;
  }

  @Nullable Living find(Transaction tx, String token) {
    var ended = Lifetime.Ended.at(clock.instant());
    return tx.jdbc()
        .sql("select * from api_token where token_hash = ? and seen_at > ? and created_at > ?")
        .params(Digest.of(token), ended.seen(), ended.opened())
        .query((row, _) ->
            new Living(
                row.getString("token_hash"),
                row.getString("account_uid"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("seen_at"))))
        .optional()
        .orElse(null);
  }

  /// Whether the database should learn that the token is in use.
  boolean isTouchDue(Living token) {
    return !token.seenAt().plus(TOUCH_EVERY).isAfter(clock.instant());
  }

  int touch(Transaction tx, Living token) {
    return tx.jdbc()
        .sql("update api_token set seen_at = ? where token_hash = ?")
        .params(clock.millis(), token.hash())
        .update();
  }

  @Override
  public void endAll(Transaction tx, String accountUid) {
    tx.jdbc().sql("delete from api_token where account_uid = ?").param(accountUid).update();
  }
}
