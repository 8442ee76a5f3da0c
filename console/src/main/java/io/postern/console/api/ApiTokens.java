package io.postern.console.api;

import io.postern.console.accounts.TokenStore;
import io.postern.console.platform.database.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Tokens that `POST /v1/auth/syslogin` gives for a password. One ends 60 minutes after its last
/// request and 8 hours after it was given, as sessions of browsers do.
final class ApiTokens implements TokenStore {
  static final Duration IDLE_MAX = Duration.ofMinutes(60);
  static final Duration AGE_MAX = Duration.ofHours(8);

  /// How many an account has at most, more than sessions of browsers, for programs that run side by
  /// side have one each. The next sign-in ends the oldest: a program that signs in for every call
  /// must not lock the others out.
  static final int LIVING_MAX = 100;

  /// How often a token that is in use writes that it was seen: a write per request would compete
  /// with the outbox.
  static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

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
    sweep(tx);
    makeRoom(tx, accountUid);
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
    var now = clock.millis();
    return tx.jdbc()
        .sql("select * from api_token where token_hash = ? and seen_at > ? and created_at > ?")
        .params(Digest.of(token), now - IDLE_MAX.toMillis(), now - AGE_MAX.toMillis())
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

  private static void makeRoom(Transaction tx, String accountUid) {
    // Who signs in at the same moment waits here, so that no two count the same tokens.
    tx.jdbc().sql("update account set email = email where uid = ?").param(accountUid).update();
    tx.jdbc()
        .sql(
            """
            delete from api_token where account_uid = ? and token_hash not in (
              select token_hash from api_token where account_uid = ?
              order by created_at desc, seen_at desc, token_hash desc limit ?)
            """)
        .params(accountUid, accountUid, LIVING_MAX - 1)
        .update();
  }

  private void sweep(Transaction tx) {
    var now = clock.millis();
    tx.jdbc()
        .sql("delete from api_token where seen_at <= ? or created_at <= ?")
        .params(now - IDLE_MAX.toMillis(), now - AGE_MAX.toMillis())
        .update();
  }
}
