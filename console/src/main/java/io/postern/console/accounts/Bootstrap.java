package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.platform.Digests;
import io.postern.console.platform.Greeting;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Role;
import io.postern.smtp.Mailbox;
import io.postern.smtp.MalformedValueException;
import io.postern.smtp.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The first root account (R-550, PLAN 16): by a one-time link that the server prints, 30 minutes
/// long and a new one by restart; or from the process settings. There is no default account.
public final class Bootstrap implements Greeting {
  static final Duration LINK_LIFETIME = Duration.ofMinutes(30);

  private final Database database;
  private final Accounts accounts;
  private final Passwords passwords;
  private final Audit audit;
  private final InstantSource clock;
  private final String token;
  private final Instant expiresAt;

  Bootstrap(Database database, Accounts accounts, Passwords passwords, Audit audit, Chance chance) {
    this.database = database;
    this.accounts = accounts;
    this.passwords = passwords;
    this.audit = audit;
    this.clock = chance.clock();
    this.token = Digests.token(chance.random());
    this.expiresAt = clock.instant().plus(LINK_LIFETIME);
  }

  /// Where the link's token and its time come from.
  record Chance(InstantSource clock, RandomGenerator random) {}

  /// The root account to be made.
  record Root(String email, String firstName, String lastName) {}

  /// Whether nobody can sign in as root yet.
  boolean isNeeded() {
    return database.read(accounts::activeRoots) == 0;
  }

  @Override
  public String after(String baseUrl) {
    return isNeeded()
        ? """
        There is no account yet. Create the root account here, within 30 minutes:
          %s/system/setup/%s
        The link works once. Restart Postern for a new one.\
        """
            .formatted(baseUrl, token)
        : "";
  }

  /// @return null when the link works, else a sentence that says why not
  @Nullable String refuse(String brought) {
    if (!isNeeded()) {
      return "The root account exists already. Sign in with it.";
    }
    if (!Digests.same(token, brought)) {
      return "This setup link is not the one that the running server printed. Copy the newest one from its terminal.";
    }
    return clock.instant().isBefore(expiresAt)
        ? null
        : "This setup link was good for 30 minutes. Restart Postern; it prints a new one.";
  }

  /// Creates the root account.
  ///
  /// @param address of the client that brought the link, for the audit log
  /// @return null when somebody else was faster
  @Nullable Account create(Root root, Passwords.Hashed password, String address) {
    var now = clock.instant();
    var by = new Actor("system", "system", Role.ROOT, null, now, address);
    return database.write(tx -> create(tx, root, password, by));
  }

  /// Whoever created it is signed in with that.
  void entered(Account root) {
    database.write(tx -> {
      accounts.markSignedIn(tx, root.uid());
      return true;
    });
  }

  /// Creates the root account that the process settings name, when there is none.
  ///
  /// @throws UnusableSettingException when they name half of it, or a password that is not taken
  void unattended(ProcessSettings settings) {
    var email = settings.text(Setting.BOOTSTRAP_EMAIL);
    var file = settings.text(Setting.BOOTSTRAP_PASSWORD_FILE);
    if ((email == null && file == null) || !isNeeded()) {
      return;
    }
    if (email == null || file == null) {
      throw new UnusableSettingException(
          "POSTERN_BOOTSTRAP_EMAIL and POSTERN_BOOTSTRAP_PASSWORD_FILE belong together; one is missing.");
    }
    var password = read(Path.of(file));
    var refusal = passwords.refuse(password, email);
    if (refusal != null) {
      throw new UnusableSettingException("POSTERN_BOOTSTRAP_PASSWORD_FILE: " + refusal);
    }
    var root = new Root(address(email), "", "");
    var hashed = passwords.hash(password);
    var by = Actor.system(clock.instant());
    database.write(tx -> create(tx, root, hashed, by));
  }

  /// The mark makes it happen once, even when several processes start on one database.
  private @Nullable Account create(Transaction tx, Root root, Passwords.Hashed password, Actor by) {
    var marked =
        tx.jdbc()
            .sql(
                """
                insert into instance_value (name, value, changed_at, changed_by)
                values ('bootstrap', 'done', ?, 'system') on conflict do nothing
                """)
            .param(clock.millis())
            .update();
    if (accounts.activeRoots(tx) > 0) {
      return null;
    }
    var account =
        accounts.create(
            tx,
            new NewAccount(
                null, Role.ROOT, root.email(), root.firstName(), root.lastName(), "setup"));
    if (marked == 0 || account == null) {
      return null;
    }
    passwords.set(tx, account, password, "");
    audit.record(
        tx, by, Audit.Action.CREATE, SignIn.object(account), "The first root account was created");
    return accounts.find(tx, account.uid());
  }

  private static String address(String email) {
    try {
      return Mailbox.parse(email.strip()).toString();
    } catch (MalformedValueException e) {
      throw new UnusableSettingException("POSTERN_BOOTSTRAP_EMAIL: " + e.getMessage());
    }
  }

  private static Secret read(Path file) {
    try {
      var text = Files.readString(file);
      return Secret.of(text.replaceFirst("\\R\\z", ""));
    } catch (IOException _) {
      // The path says enough; the exception's text would repeat it.
      throw new UnusableSettingException(
          "The bootstrap password file %s cannot be read. Give this user read access, or name another."
              .formatted(file));
    }
  }
}
