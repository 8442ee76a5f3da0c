package io.postern.console.api;

import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The keys of the API in the database. Whoever makes or revokes one writes the audit log; this
/// store does not.
final class ApiKeys {
  static final int NAME_CHARACTERS_MAX = 128;

  /// Per account.
  static final int KEYS_MAX = 20;

  private static final String MARK = "postern_key_";
  private static final int PREFIX_CHARACTERS = MARK.length() + 4;
  private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final RandomGenerator random;
  private final Uid uids;

  ApiKeys(InstantSource clock, RandomGenerator random, Uid uids) {
    this.clock = clock;
    this.random = random;
    this.uids = uids;
  }

  /// Whether this looks like a key, not like a token.
  static boolean isKey(String secret) {
    return secret.startsWith(MARK);
  }

  /// A key as it is kept.
  ///
  /// @param prefix its first characters
  /// @param expiresAt absent: never
  /// @param usedAt to the minute, absent before the first use
  record Kept(
      String uid,
      String accountUid,
      String name,
      String prefix,
      Set<Scope> scopes,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant usedAt) {}

  /// A key that was just made.
  ///
  /// @param secret the key itself; nobody can read it again
  record Made(String uid, String prefix, String secret) {
    @Override
    public String toString() {
      return "Made[" + uid + " " + prefix + "]";
    }
  }

  /// What a key is to be.
  record Wish(String name, Set<Scope> scopes, @Nullable Instant expiresAt) {}

  Made make(Transaction tx, String accountUid, Wish wish) {
    var secret = Digest.draw(random, MARK);
    var made = new Made(uids.next(), secret.substring(0, PREFIX_CHARACTERS), secret);
    var expiresAt = wish.expiresAt();
    tx.jdbc()
        .sql(
            """
            insert into api_key
              (uid, account_uid, name, prefix, key_hash, scopes, created_at, expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(made.uid())
        .param(accountUid)
        .param(wish.name())
        .param(made.prefix())
        .param(Digest.of(secret))
        .param(Scope.words(wish.scopes()))
        .param(clock.millis())
        .param(expiresAt == null ? null : expiresAt.toEpochMilli())
        .update();
    return made;
  }

  /// @return null when there is none that is still good
  @Nullable Kept find(Transaction tx, String secret) {
    return tx.jdbc()
        .sql("select * from api_key where key_hash = ? and (expires_at is null or expires_at > ?)")
        .params(Digest.of(secret), clock.millis())
        .query((row, _) -> kept(row))
        .optional()
        .orElse(null);
  }

  /// The account's keys, expired ones too, the newest first.
  List<Kept> list(Transaction tx, String accountUid) {
    return tx.jdbc()
        .sql("select * from api_key where account_uid = ? order by created_at desc, uid desc")
        .param(accountUid)
        .query((row, _) -> kept(row))
        .list();
  }

  /// Ends a key of the account; another account's is left alone.
  ///
  /// @return the key's name, null when the account has no such key
  @Nullable String revoke(Transaction tx, String accountUid, String uid) {
    return tx.jdbc()
        .sql("delete from api_key where account_uid = ? and uid = ? returning name")
        .params(accountUid, uid)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  boolean isTouchDue(Kept key) {
    return key.usedAt() == null || !key.usedAt().plus(TOUCH_EVERY).isAfter(clock.instant());
  }

  int touch(Transaction tx, Kept key) {
    return tx.jdbc()
        .sql("update api_key set used_at = ? where uid = ?")
        .params(clock.millis(), key.uid())
        .update();
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        row.getString("uid"),
        row.getString("account_uid"),
        row.getString("name"),
        row.getString("prefix"),
        Scope.ofWords(row.getString("scopes")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        instant(row, "expires_at"),
        instant(row, "used_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
