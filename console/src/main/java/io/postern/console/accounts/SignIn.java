package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Freshness;
import io.postern.smtp.Secret;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Judges e-mail address and password: throttled, alike in words and time for accounts that exist
/// and those that do not, audited. It opens no session; see [SessionSignIn].
public final class SignIn {
  private static final String WRONG = "The e-mail address or the password is not right.";

  private final Database database;
  private final Accounts accounts;
  private final PasswordHashes hashes;
  private final Throttle throttle;
  private final Audit audit;
  private final Freshness freshness;

  SignIn(Database database, Locks locks, Audit audit, Freshness freshness) {
    this.database = database;
    this.accounts = locks.accounts();
    this.hashes = locks.hashes();
    this.throttle = locks.throttle();
    this.audit = audit;
    this.freshness = freshness;
  }

  /// What a password is held against.
  record Locks(Accounts accounts, PasswordHashes hashes, Throttle throttle) {}

  /// What was typed, and from where.
  ///
  /// @param tenantUid absent for the system console
  /// @param address the client's address
  public record Attempt(
      @Nullable String tenantUid, String email, Secret password, String address) {}

  /// The judgment.
  public sealed interface Judgment {
    record Right(Account account) implements Judgment {}

    /// The password is right, and the account has a passkey: a second factor decides.
    record Half(Account account) implements Judgment {}

    /// @param status 401 when wrong, 429 when it was not even judged
    /// @param rest after which a try is judged again; zero when that is not a matter of time
    record Wrong(int status, String sentence, Duration rest) implements Judgment {
      /// Says in the answer's header when to come again.
      public void tell(HttpServletResponse response) {
        if (!rest.isZero()) {
          response.setHeader("Retry-After", String.valueOf(seconds(rest)));
        }
      }
    }
  }

  /// Judges one attempt.
  public Judgment judge(Attempt attempt) {
    var admission =
        database.write(
            tx -> throttle.admit(tx, attempt.tenantUid(), attempt.email(), attempt.address()));
    return switch (admission) {
      case Throttle.Admission.Wait(var wait) -> waiting(wait);
      case Throttle.Admission.Closed _ -> new Judgment.Wrong(429, closed(), Duration.ZERO);
      case Throttle.Admission.Admitted _ -> compare(attempt);
    };
  }

  /// Judges the password of somebody who is signed in, before a change that needs it: slowed down
  /// as signing in is, but it is no sign-in. An account with a passkey needs that as well, given
  /// within the last 15 minutes; where it is RIGHT, it is whole.
  ///
  /// @throws io.postern.console.platform.web.StepUpNeededException when that is longer ago
  Judgment judgeAgain(Actor actor, Secret password) {
    if (database.read(tx -> accounts.hasPasskey(tx, actor.uid()))) {
      freshness.require(actor);
    }
    var attempt = new Attempt(actor.tenantUid(), actor.email(), password, actor.address());
    var admission =
        database.write(
            tx -> throttle.admit(tx, attempt.tenantUid(), attempt.email(), attempt.address()));
    return switch (admission) {
      case Throttle.Admission.Wait(var wait) -> waiting(wait);
      case Throttle.Admission.Closed _ -> new Judgment.Wrong(429, closed(), Duration.ZERO);
      case Throttle.Admission.Admitted _ -> compareAgain(attempt);
    };
  }

  private Judgment compareAgain(Attempt attempt) {
    var known = database.read(tx -> known(tx, attempt));
    if (known == null
        || hashes.match(attempt.password(), known.usableHash()) == PasswordHashes.Match.NO) {
      database.write(tx -> failed(tx, attempt, known));
      return new Judgment.Wrong(401, "The password is not right.", Duration.ZERO);
    }
    database.write(tx -> {
      throttle.forgive(tx, attempt.tenantUid(), attempt.email(), attempt.address());
      return true;
    });
    return new Judgment.Right(known.account());
  }

  private Judgment compare(Attempt attempt) {
    var known = database.read(tx -> known(tx, attempt));
    var match = hashes.match(attempt.password(), known == null ? null : known.usableHash());
    if (known == null || match == PasswordHashes.Match.NO) {
      database.write(tx -> failed(tx, attempt, known));
      return new Judgment.Wrong(401, WRONG, Duration.ZERO);
    }
    var fresh = match == PasswordHashes.Match.YES_OUTDATED ? hashes.hash(attempt.password()) : null;
    database.write(tx -> succeeded(tx, attempt, known, fresh));
    return known.hasPasskey()
        ? new Judgment.Half(known.account())
        : new Judgment.Right(known.account());
  }

  /// Asks the database the same three questions whether there is an account or not.
  private @Nullable Known known(Transaction tx, Attempt attempt) {
    var account = accounts.findByEmail(tx, attempt.tenantUid(), attempt.email());
    var uid = account == null ? "" : account.uid();
    var hash = accounts.passwordHash(tx, uid);
    var hasPasskey = accounts.hasPasskey(tx, uid);
    return account == null ? null : new Known(account, hash, hasPasskey);
  }

  private String failed(Transaction tx, Attempt attempt, @Nullable Known known) {
    var account = known == null ? null : known.account();
    return audit.record(
        tx,
        account == null ? nobody(attempt) : actor(account, attempt.address(), Instant.EPOCH),
        Audit.Action.SIGN_IN_FAILED,
        account == null ? new Audit.Object("account", "", "unknown") : object(account),
        account == null
            ? "A sign-in for an address without an account was refused"
            : "A sign-in with a wrong password was refused");
  }

  private String succeeded(
      Transaction tx, Attempt attempt, Known known, @Nullable String freshHash) {
    var account = known.account();
    throttle.forgive(tx, attempt.tenantUid(), attempt.email(), attempt.address());
    if (freshHash != null) {
      accounts.rehash(tx, account.uid(), freshHash);
    }
    if (!known.hasPasskey()) {
      accounts.markSignedIn(tx, account.uid());
    }
    return audit.record(
        tx,
        actor(account, attempt.address(), Instant.EPOCH),
        known.hasPasskey() ? Audit.Action.ACTIVITY : Audit.Action.SIGN_IN,
        object(account),
        known.hasPasskey()
            ? "Gave the right password; a second factor is asked for"
            : "Signed in with the password");
  }

  static Actor actor(Account account, String address, Instant factorAt) {
    return new Actor(
        account.uid(), account.email(), account.role(), account.tenantUid(), factorAt, address);
  }

  static Audit.Object object(Account account) {
    return new Audit.Object("account", account.uid(), account.email());
  }

  private Actor nobody(Attempt attempt) {
    return new Actor(
        "",
        "somebody unknown",
        io.postern.console.platform.web.Role.TENANT,
        null,
        Instant.EPOCH,
        attempt.address());
  }

  private static Judgment.Wrong waiting(Duration wait) {
    var seconds = seconds(wait);
    var span =
        seconds == 1
            ? "1 second"
            : seconds < 90 ? seconds + " seconds" : (seconds + 59) / 60 + " minutes";
    return new Judgment.Wrong(
        429,
        "Too many tries for this account from your network. Wait %s, then try again."
            .formatted(span),
        wait);
  }

  private static long seconds(Duration wait) {
    return Math.max(1, wait.plusMillis(999).toSeconds());
  }

  private static String closed() {
    return "Too many wrong passwords in a row for this account, so its password no longer opens it."
        + " Use a passkey or \"Forgot password?\", or run ./postern account reset-password on the server.";
  }

  private record Known(Account account, @Nullable String hash, boolean hasPasskey) {
    /// Of an account that is not active no password fits.
    @Nullable String usableHash() {
      return account.state() == Account.State.ACTIVE ? hash : null;
    }
  }
}
