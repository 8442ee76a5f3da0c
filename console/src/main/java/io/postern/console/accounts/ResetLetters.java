package io.postern.console.accounts;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.postern.console.audit.Audit;
import io.postern.console.letters.LetterLink;
import io.postern.console.outbox.OutboxFullException;
import io.postern.console.platform.database.DatabaseException;
import io.postern.console.platform.database.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// *Forgot password?*: queues the letter with the reset link, for who has an account and a verified
/// address. Who asks learns nothing about that, neither by words nor by time: counting is the same
/// for every address, and everything else happens after the answer.
final class ResetLetters implements AutoCloseable {
  static final int PER_ADDRESS_MAX = 3;
  static final int PER_NETWORK_MAX = 20;
  static final int PER_INSTANCE_MAX = 300;
  private static final int LATER_MILLIS_MAX = 1_000;
  private static final Duration PERIOD = Duration.ofHours(1);
  private static final Logger LOG = LoggerFactory.getLogger(ResetLetters.class);

  private final AccountParts parts;

  private final Handovers handovers;
  private final RandomGenerator random;

  /// One at a time: a flood of requests is counted, and must not crowd the writer besides.
  private final ScheduledExecutorService afterwards =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("reset-letters").factory());

  ResetLetters(AccountParts parts, Handovers handovers, RandomGenerator random) {
    this.parts = parts;
    this.handovers = handovers;
    this.random = random;
  }

  /// Among whom the account is looked for.
  enum Realm {
    SYSTEM,
    /// Administrators of tenants; the same address may have an account in several.
    TENANTS
  }

  /// Takes a request.
  ///
  /// @param email as typed
  /// @param address the client's
  /// @return null when it was taken, else a sentence that says why not: the same for addresses with
  ///   and without an account
  @Nullable String ask(Realm realm, String email, String address) {
    var refusal = parts.database().<@Nullable String>write(tx -> count(tx, realm, email, address));
    if (refusal == null) {
      // Not at once: the work for an account that exists would slow down the very next request.
      var _ =
          afterwards.schedule(
              () -> queue(realm, email, address), random.nextInt(LATER_MILLIS_MAX), MILLISECONDS);
    }
    return refusal;
  }

  /// Waits until what was asked for is queued.
  @Override
  public void close() {
    afterwards.close();
  }

  private @Nullable String count(Transaction tx, Realm realm, String email, String address) {
    var throttle = parts.throttle();
    var account = "reset/" + realm + "/" + Accounts.key(email);
    if (!throttle.take(tx, "reset-from/" + client(address), PER_NETWORK_MAX, PERIOD)) {
      return "Too many resets were asked for from your address within an hour. Try again later.";
    }
    if (!throttle.take(tx, account, PER_ADDRESS_MAX, PERIOD)) {
      return "A reset was asked for %d times within an hour for this address. Look through the mail that has come, or try again in an hour."
          .formatted(PER_ADDRESS_MAX);
    }
    return throttle.take(tx, "reset", PER_INSTANCE_MAX, PERIOD)
        ? null
        : "Too many resets were asked for within an hour. Try again later, or ask an administrator.";
  }

  /// One address of IPv4; of IPv6 the network that one client can choose its addresses from.
  private static String client(String address) {
    return address.indexOf(':') < 0 ? address : Throttle.network(address);
  }

  private void queue(Realm realm, String email, String address) {
    var isOver = false;
    try {
      parts
          .database()
          .write(tx -> {
            var found = found(tx, realm, email);
            found.forEach(account -> queue(tx, account, address));
            return found.size();
          });
      isOver = true;
    } catch (OutboxFullException | DatabaseException | DataAccessException e) {
      LOG.error("A reset letter could not be queued", e);
      isOver = true;
    } finally {
      if (!isOver) {
        // A bug: its exception ends in the executor, which tells nobody.
        LOG.error("A reset letter could not be queued, for a cause that nobody foresaw");
      }
    }
  }

  /// Never to an address that was not proved, and to none but the account's own.
  private List<Account> found(Transaction tx, Realm realm, String email) {
    var all =
        switch (realm) {
          case SYSTEM -> {
            var account = parts.accounts().findByEmail(tx, null, email);
            yield account == null ? List.<Account>of() : List.of(account);
          }
          case TENANTS -> parts.accounts().findInTenants(tx, email);
        };
    return all.stream()
        .filter(account -> account.state() == Account.State.ACTIVE && account.isEmailVerified())
        .toList();
  }

  private void queue(Transaction tx, Account account, String address) {
    var link =
        parts
            .links()
            .issue(tx, new Links.Target(Link.Purpose.RESET, account.uid(), account.email(), ""));
    var mailUid =
        parts
            .outbox()
            .enqueue(
                tx,
                parts
                    .letters()
                    .passwordReset(
                        AddressLetters.addressee(account, account.email()),
                        new LetterLink(link.url(), link.expiresAt())));
    handovers.begin(tx, link.uid(), mailUid);
    parts
        .audit()
        .record(
            tx,
            SignIn.actor(account, address, Instant.EPOCH),
            Audit.Action.LINK,
            SignIn.object(account),
            "A reset letter was asked for on the sign-in page and queued");
  }
}
