package io.postern.console.accounts;

import io.postern.console.platform.Digests;
import io.postern.console.platform.SecretBox;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Transaction;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Issues, shows and redeems one-time links (R-540..R-543, PLAN 9).
///
/// The database holds SHA-256 over the token and everything it is bound to, so neither the token
/// nor a swapped purpose, account or address gets through; and a copy sealed under the instance
/// key, erased when the link ends, so that an operator can see the link again.
public final class Links {
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Uid uids;
  private final SecretBox box;
  private final Supplier<String> baseUrl;

  /// @param baseUrl the configured address of this instance, without a slash at the end
  public Links(
      InstantSource clock,
      RandomGenerator random,
      Uid uids,
      SecretBox box,
      Supplier<String> baseUrl) {
    this.clock = clock;
    this.random = random;
    this.uids = uids;
    this.box = box;
    this.baseUrl = baseUrl;
  }

  /// What a link points at, before there is one.
  ///
  /// @param address the mail address that it is made for
  /// @param subject what else it is about, empty for nothing
  public record Target(Link.Purpose purpose, String accountUid, String address, String subject) {}

  /// What is behind a link that somebody brought.
  public sealed interface Found {
    /// It works.
    record Alive(Link link) implements Found {}

    /// It does not, and why, for whoever brought it.
    record Dead(String sentence) implements Found {}
  }

  /// Makes a link. Older ones of the same purpose and account end, except those that let an old
  /// address undo a change: a thief who changes the address twice must not take that away.
  public Link issue(Transaction tx, Target target) {
    if (target.purpose() != Link.Purpose.CANCEL) {
      revoke(tx, target.accountUid(), target.purpose(), LinkEnding.REVOKED);
    }
    var token = Digests.token(random);
    var uid = uids.next();
    var expiresAt = clock.instant().plus(target.purpose().lifetime());
    tx.jdbc()
        .sql(
            """
            insert into account_link (uid, purpose, account_uid, address, subject, token_hash,
              sealed, issued_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            uid,
            target.purpose().name(),
            target.accountUid(),
            target.address(),
            target.subject(),
            hash(uid, token, target),
            box.seal(Link.SEALED_FOR, bound(uid), token.getBytes(StandardCharsets.UTF_8)),
            clock.millis(),
            expiresAt.toEpochMilli())
        .update();
    return link(uid, token, target, expiresAt);
  }

  /// Looks a link up and changes nothing: mail scanners fetch links too.
  public Found find(Transaction tx, String uid, String token) {
    var row =
        tx.jdbc()
            .sql("select * from account_link where uid = ?")
            .param(uid)
            .query((found, _) -> new Row(found))
            .optional()
            .orElse(null);
    if (row == null || !Digests.same(row.tokenHash, hash(uid, token, row.target))) {
      return new Found.Dead(
          "This link is not one of ours. Copy it whole from the letter, or ask for a new one.");
    }
    if (row.ending != null) {
      return new Found.Dead(LinkEnding.valueOf(row.ending).sentence());
    }
    if (!clock.instant().isBefore(row.expiresAt)) {
      return new Found.Dead("This link has expired. " + row.target.purpose().whenExpired());
    }
    return new Found.Alive(link(uid, token, row.target, row.expiresAt));
  }

  /// Uses the link up, in one conditional update: of any number of callers one gets true.
  ///
  /// @param found what [#find] gave
  public boolean redeem(Transaction tx, Found.Alive found) {
    var now = clock.millis();
    return tx.jdbc()
            .sql(
                """
                update account_link set ended_at = ?, ending = 'USED', sealed = null
                where uid = ? and purpose = ? and ended_at is null and expires_at > ?
                """)
            .params(now, found.link().uid(), found.link().purpose().name(), now)
            .update()
        == 1;
  }

  /// The living link of an account, to be shown once more. Whoever shows it writes the audit log.
  ///
  /// @return null when there is none, or the instance key is not the one that sealed it
  public @Nullable Link shown(Transaction tx, String accountUid, Link.Purpose purpose) {
    var row =
        tx.jdbc()
            .sql(
                """
                select * from account_link where account_uid = ? and purpose = ?
                  and ended_at is null and expires_at > ? order by issued_at desc limit 1
                """)
            .params(accountUid, purpose.name(), clock.millis())
            .query((found, _) -> new Row(found))
            .optional()
            .orElse(null);
    if (row == null || row.sealed == null) {
      return null;
    }
    var token = box.open(Link.SEALED_FOR, bound(row.uid), row.sealed);
    return token == null
        ? null
        : link(row.uid, new String(token, StandardCharsets.UTF_8), row.target, row.expiresAt);
  }

  /// When the living link of an account ends; null when it has none.
  public @Nullable Instant livesUntil(Transaction tx, String accountUid, Link.Purpose purpose) {
    return tx.jdbc()
        .sql(
            """
            select max(expires_at) from account_link
            where account_uid = ? and purpose = ? and ended_at is null and expires_at > ?
            """)
        .params(accountUid, purpose.name(), clock.millis())
        .query((row, _) -> new Until(AccountRow.instant(row, 1)))
        .single()
        .at();
  }

  /// Ends the living links of one purpose.
  void revoke(Transaction tx, String accountUid, Link.Purpose purpose, LinkEnding ending) {
    tx.jdbc()
        .sql(
            """
            update account_link set ended_at = ?, ending = ?, sealed = null
            where account_uid = ? and purpose = ? and ended_at is null
            """)
        .params(clock.millis(), ending.name(), accountUid, purpose.name())
        .update();
  }

  /// Ends every living link after a password or address change, except those with which an
  /// old address can undo one.
  public void revokeAll(Transaction tx, String accountUid) {
    for (var purpose : Link.Purpose.values()) {
      if (purpose != Link.Purpose.CANCEL) {
        revoke(tx, accountUid, purpose, LinkEnding.OVERTAKEN);
      }
    }
  }

  /// Erases the sealed copies of links that have expired.
  void sweep(Transaction tx) {
    tx.jdbc()
        .sql("update account_link set sealed = null where sealed is not null and expires_at <= ?")
        .param(clock.millis())
        .update();
  }

  private Link link(String uid, String token, Target target, Instant expiresAt) {
    var url = baseUrl.get() + "/link/" + uid + "/" + token;
    return new Link(
        uid,
        target.purpose(),
        target.accountUid(),
        target.address(),
        target.subject(),
        url,
        expiresAt);
  }

  private static String hash(String uid, String token, Target target) {
    return Digests.sha256(
        "link",
        token,
        uid,
        target.purpose().name(),
        target.accountUid(),
        target.address(),
        target.subject());
  }

  private static byte[] bound(String uid) {
    return uid.getBytes(StandardCharsets.UTF_8);
  }

  private record Until(@Nullable Instant at) {}

  /// A row of the table.
  private static final class Row {
    private final String uid;
    private final Target target;
    private final String tokenHash;
    private final byte @Nullable [] sealed;
    private final Instant expiresAt;
    private final @Nullable String ending;

    Row(ResultSet row) throws SQLException {
      this.uid = row.getString("uid");
      this.target =
          new Target(
              Link.Purpose.valueOf(row.getString("purpose")),
              row.getString("account_uid"),
              row.getString("address"),
              row.getString("subject"));
      this.tokenHash = row.getString("token_hash");
      this.sealed = row.getBytes("sealed");
      this.expiresAt = Instant.ofEpochMilli(row.getLong("expires_at"));
      this.ending = row.getString("ending");
    }
  }
}
