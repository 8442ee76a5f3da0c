package io.postern.console.accounts;

import io.postern.console.RunningConsole;
import io.postern.console.api.TinyRelay;
import io.postern.console.audit.Audit;
import io.postern.console.letters.TestLetters;
import io.postern.console.outbox.Mails;
import io.postern.console.outbox.QueuedMail;
import io.postern.console.outbox.TestOutbox;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.console.platform.Standalone;
import io.postern.console.platform.Uid;
import io.postern.console.platform.web.Role;
import io.postern.console.settings.SavedRelay;
import io.postern.smtp.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Works on the database of a running console beside it: makes accounts, saves a relay, and reads
/// letters as who got them would.
final class Neighbour implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Standalone standalone;
  private final Accounts accounts;
  private final Mails mails;
  private final SavedRelay relay;
  private final PasswordHashes hashes;

  Neighbour(RunningConsole console, Path directory) {
    this.standalone =
        Standalone.open(
            ProcessSettings.resolve(Map.of(Setting.DATA_DIR, directory.toString()), Map.of()));
    var database = standalone.database();
    this.hashes = new PasswordHashes(RunningConsole.CHEAP, standalone.random());
    var uids = new Uid(console::now, standalone.random());
    this.accounts = new Accounts(console::now, uids);
    this.mails =
        TestOutbox.on(database, standalone.box(), console::now, standalone.random()).mails();
    this.relay =
        new SavedRelay(
            database,
            standalone.box(),
            new Audit(console::now, uids),
            console::now,
            _ -> {},
            _ -> {});
  }

  void save(TinyRelay server) {
    relay.save(server.port(), "", "", true);
  }

  /// Nothing is saved any more.
  void forgetRelay() {
    standalone.database().write(tx -> tx.jdbc().sql("delete from relay_version").update());
  }

  Account account(@Nullable String tenantUid, String email, String password) {
    var hash = hashes.hash(Secret.of(password));
    return standalone
        .database()
        .write(tx -> {
          var made =
              Objects.requireNonNull(
                  accounts.create(
                      tx, new NewAccount(tenantUid, Role.OPERATIONS, email, "Ada", "L", "test")));
          accounts.setPassword(tx, made.uid(), hash);
          accounts.markVerified(tx, made.uid());
          return made;
        });
  }

  /// Wrong passwords for a system account, as the sign-in counts them: every second one from the
  /// same address, the others each from another network.
  void failSignIns(String email, int times) {
    var throttle = new Throttle(() -> java.time.Instant.parse("2026-11-24T12:00:00Z"));
    standalone
        .database()
        .write(tx -> {
          for (var number = 0; number < times; number++) {
            var address =
                number % 2 == 0
                    ? "192.0.2.7"
                    : "10.%d.%d.1".formatted(number / 256 % 256, number % 256);
            throttle.admit(tx, null, email, address);
          }
          return true;
        });
  }

  Account reread(Account account) {
    return standalone
        .database()
        .read(tx -> Objects.requireNonNull(accounts.find(tx, account.uid())));
  }

  void markUnverified(Account account) {
    standalone
        .database()
        .write(tx ->
            tx.jdbc()
                .sql("update account set email_verified_at = null where uid = ?")
                .param(account.uid())
                .update());
  }

  /// The path of the link in the newest letter of a kind to an address, as soon as there is one.
  String link(String kind, String to) {
    until(() -> !letters(kind, to).isEmpty());
    var url = TestLetters.link(letters(kind, to).getFirst().values());
    return url.substring(url.indexOf("/link/"));
  }

  List<QueuedMail> letters(String kind, String to) {
    return mails.list(new Mails.Filter(null, to, 0, 200)).mails().stream()
        .filter(mail -> mail.kind().equals(kind))
        .toList();
  }

  private static void until(BooleanSupplier come) {
    var ticks = java.time.Instant.now().plus(PATIENCE);
    while (!come.getAsBoolean() && Instant.now().isBefore(ticks)) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  @Override
  public void close() {
    standalone.close();
  }
}
