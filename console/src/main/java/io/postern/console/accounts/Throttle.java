package io.postern.console.accounts;

import io.postern.console.platform.Digests;
import io.postern.console.platform.database.Transaction;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Slows down guessing: after three failures for an account from one network each further
/// try waits twice as long, up to 15 minutes; after 100 in a row, from wherever, the password path
/// of the account closes. A try counts as failed before it is judged, so that a burst of parallel
/// tries is a burst of failures. Accounts that do not exist are treated alike.
final class Throttle {
  static final int FREE_TRIES = 3;
  static final int TRIES_MAX = 100;
  private static final Duration DELAY_MAX = Duration.ofMinutes(15);
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(24);
  private static final int IPV4_PREFIX_OCTETS = 3;
  private static final int IPV6_PREFIX_OCTETS = 7;

  private final InstantSource clock;

  Throttle(InstantSource clock) {
    this.clock = clock;
  }

  /// Whether a try may be judged.
  sealed interface Admission {
    record Admitted() implements Admission {}

    record Wait(Duration rest) implements Admission {}

    /// Too many in a row: only another factor or a new password helps.
    record Closed() implements Admission {}
  }

  /// Counts a try against an account.
  Admission admit(Transaction tx, @Nullable String tenantUid, String email, String address) {
    var account = account(tenantUid, email);
    var whole = find(tx, account);
    if (whole != null && whole.tries() >= TRIES_MAX) {
      return new Admission.Closed();
    }
    var near = near(tenantUid, email, address);
    var here = find(tx, near);
    if (here != null) {
      var free = here.lastAt() + delay(here.tries()).toMillis();
      if (free > clock.millis()) {
        return new Admission.Wait(Duration.ofMillis(free - clock.millis()));
      }
    }
    count(tx, near);
    count(tx, account);
    return new Admission.Admitted();
  }

  /// The password was right: this network starts anew, others that guess do not.
  void forgive(Transaction tx, @Nullable String tenantUid, String email, String address) {
    forget(tx, account(tenantUid, email));
    forget(tx, near(tenantUid, email, address));
  }

  /// A new password was set: everybody starts anew.
  void forgiveAll(Transaction tx, @Nullable String tenantUid, String email) {
    tx.jdbc()
        .sql("delete from account_try where subject like ?")
        .param(account(tenantUid, email) + "%")
        .update();
  }

  /// Takes one of a limited number of turns in a period, which begins with the first. One
  /// statement, so that of callers at the same moment no more get a turn than there are.
  ///
  /// @return false when all are taken
  boolean take(Transaction tx, String subject, int turns, Duration period) {
    var now = clock.millis();
    var ended = now - period.toMillis();
    return tx.jdbc()
            .sql(
                """
                insert into account_try (subject, tries, since, last_at) values (?, 1, ?, ?)
                on conflict (subject) do update set
                  tries = case when account_try.since <= ? then 1 else account_try.tries + 1 end,
                  since = case when account_try.since <= ? then excluded.since
                    else account_try.since end,
                  last_at = excluded.last_at
                returning tries
                """)
            .params(Digests.sha256("turn", subject), now, now, ended, ended)
            .query(Integer.class)
            .single()
        <= turns;
  }

  /// Removes what is too old to count.
  void sweep(Transaction tx) {
    tx.jdbc()
        .sql("delete from account_try where last_at < ?")
        .param(clock.millis() - FORGOTTEN_AFTER.toMillis())
        .update();
  }

  static Duration delay(int failures) {
    if (failures < FREE_TRIES) {
      return Duration.ZERO;
    }
    var seconds = 1L << Math.min(failures - FREE_TRIES, 20);
    return seconds > DELAY_MAX.toSeconds() ? DELAY_MAX : Duration.ofSeconds(seconds);
  }

  /// The network that one client can choose its addresses from: /24 of IPv4, /56 of IPv6.
  static String network(String address) {
    try {
      var octets = InetAddress.ofLiteral(address).getAddress();
      var prefix = octets.length == 4 ? IPV4_PREFIX_OCTETS : IPV6_PREFIX_OCTETS;
      return HexFormat.of().formatHex(Arrays.copyOf(octets, prefix));
    } catch (IllegalArgumentException _) {
      // `local`, at the terminal.
      return address;
    }
  }

  private static String account(@Nullable String tenantUid, String email) {
    return Digests.sha256("account", Accounts.realm(tenantUid), Accounts.key(email));
  }

  private static String near(@Nullable String tenantUid, String email, String address) {
    return account(tenantUid, email) + "/" + network(address);
  }

  private static @Nullable Tries find(Transaction tx, String subject) {
    return tx.jdbc()
        .sql("select tries, since, last_at from account_try where subject = ?")
        .param(subject)
        .query((row, _) -> new Tries(row.getInt(1), row.getLong(2), row.getLong(3)))
        .optional()
        .orElse(null);
  }

  private void count(Transaction tx, String subject) {
    var now = clock.millis();
    tx.jdbc()
        .sql(
            """
            insert into account_try (subject, tries, since, last_at) values (?, 1, ?, ?)
            on conflict (subject) do update set tries = account_try.tries + 1,
              last_at = excluded.last_at
            """)
        .params(subject, now, now)
        .update();
  }

  private static void forget(Transaction tx, String subject) {
    tx.jdbc().sql("delete from account_try where subject = ?").param(subject).update();
  }

  private record Tries(int tries, long since, long lastAt) {}
}
