package io.postern.console.accounts;

import io.postern.console.RunningConsole;
import io.postern.console.audit.Audit;
import io.postern.console.letters.TestLetters;
import io.postern.console.outbox.Mails;
import io.postern.console.outbox.QueuedMail;
import io.postern.console.outbox.TestOutbox;
import io.postern.console.platform.SecretBox;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.MigratedFile;
import io.postern.console.platform.database.PrivatePostgres;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Role;
import io.postern.console.settings.SavedRelay;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The room on a real database, with a clock that the test moves and an outbox that keeps its mail.
final class AccountStand implements AutoCloseable {
  private static final long SEED = 20_261_125;

  final Database database;
  final AccountParts parts;
  final AddressChanges changes = new AddressChanges();
  final AddressRequests requests;
  final AddressLinks links;
  final Passwords passwords;
  final ResetLetters resets;
  final Handovers handovers;
  final SavedRelay relay;
  private final Mails mails;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-24T12:00:00Z"));

  private AccountStand(Database database) {
    this.database = database;
    InstantSource clock = now::get;
    var random = new Random(SEED);
    var uids = new Uid(clock, random);
    var box = new SecretBox(new byte[32], random);
    var audit = new Audit(clock, uids);
    var outbox = TestOutbox.on(database, box, clock, random);
    this.mails = outbox.mails();
    this.parts =
        new AccountParts(
            database,
            new Accounts(clock, uids),
            new Sessions(clock, random, uids),
            new Links(clock, random, uids, box, () -> "https://postern.example.com"),
            new Throttle(clock),
            TestLetters.at(clock),
            outbox.outbox(),
            audit,
            clock,
            uids);
    var hashes = new PasswordHashes(RunningConsole.CHEAP, random);
    this.passwords =
        new Passwords(parts.accounts(), parts.sessions(), parts.links(), hashes, parts.throttle());
    var signIn =
        new SignIn(
            database,
            new SignIn.Locks(parts.accounts(), hashes, parts.throttle()),
            audit,
            new io.postern.console.platform.web.Freshness(clock));
    this.relay = new SavedRelay(database, box, audit, clock, _ -> {}, _ -> {});
    this.requests =
        new AddressRequests(
            parts, changes, signIn, new WorkingMail(relay.settings(), mails, clock));
    this.links = new AddressLinks(parts, changes);
    this.handovers = new Handovers(parts.accounts(), parts.outbox(), clock);
    this.resets = new ResetLetters(parts, handovers, random);
  }

  static AccountStand on(Database.Dialect dialect, Path directory) {
    return on(dialect, directory, database -> database);
  }

  /// @param watched what the room works with in place of the bare database
  static AccountStand on(
      Database.Dialect dialect, Path directory, UnaryOperator<Database> watched) {
    return new AccountStand(
        watched.apply(
            switch (dialect) {
              case SQLITE -> MigratedFile.open(directory);
              case POSTGRESQL -> PrivatePostgres.shared().database();
            }));
  }

  Instant now() {
    return now.get();
  }

  void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  /// An active account, whose password is not known.
  Account account(String email) {
    return account(null, email, true);
  }

  Account account(@Nullable String tenantUid, String email, boolean verified) {
    return database.write(tx -> {
      var made =
          Objects.requireNonNull(
              parts
                  .accounts()
                  .create(
                      tx, new NewAccount(tenantUid, Role.OPERATIONS, email, "Ada", "L", "test")));
      parts.accounts().setPassword(tx, made.uid(), "no hash");
      if (verified) {
        parts.accounts().markVerified(tx, made.uid());
      }
      return Objects.requireNonNull(parts.accounts().find(tx, made.uid()));
    });
  }

  Account reread(Account account) {
    return database.read(tx -> Objects.requireNonNull(parts.accounts().find(tx, account.uid())));
  }

  Actor actor(Account account) {
    return SignIn.actor(reread(account), "192.0.2.1", now());
  }

  /// As [AddressRequests#change] with the right password.
  AddressRequests.Outcome request(Account account, String wanted) {
    var actor = actor(account);
    return database.write(tx -> requests.apply(tx, actor, wanted));
  }

  /// The queued letters of a kind to an address, the newest first.
  List<QueuedMail> letters(String kind, String to) {
    return database
        .read(tx ->
            tx.jdbc()
                .sql(
                    """
                    select uid from mail where kind = ? and to_address = ?
                    order by created_at desc, uid desc
                    """)
                .params(kind, to)
                .query(String.class)
                .list())
        .stream()
        .map(uid -> Objects.requireNonNull(mails.find(uid)))
        .toList();
  }

  /// What is behind the link of a letter now.
  Links.Found open(QueuedMail letter) {
    var parts = TestLetters.link(letter.values()).split("/", -1);
    return database.read(
        tx -> this.parts.links().find(tx, parts[parts.length - 2], parts[parts.length - 1]));
  }

  /// The same, which must be alive.
  Links.Found.Alive alive(QueuedMail letter) {
    return (Links.Found.Alive) open(letter);
  }

  @Override
  public void close() {
    resets.close();
    database.close();
  }
}
