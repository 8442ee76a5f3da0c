package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.console.platform.database.SqliteDatabase;
import io.postern.smtp.Mailbox;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the terminal changes is the last word.
final class AccountDeskTest {
  @TempDir Path directory;

  @Test
  void R541_an_address_set_at_the_terminal_overtakes_the_change_that_waits_and_ends_all_links() {
    try (var console = RunningConsole.start(directory, Map.of(), Clock.systemUTC().instant());
        var desk =
            AccountDesk.open(
                ProcessSettings.resolve(
                    Map.of(Setting.DATA_DIR, directory.toString()), Map.of()))) {
      var root = Visits.setUp(console);
      assertThat(root.get("/system").statusCode()).isEqualTo(200);
      var account = Objects.requireNonNull(desk.accounts().findByEmail(Visits.ROOT)).account();
      waiting(account);

      assertThat(desk.setEmail(account, Mailbox.parse("new@example.com")))
          .isInstanceOf(AccountChange.Done.class);

      assertThat(one("select state from address_change")).isEqualTo("SUPERSEDED");
      assertThat(one("select count(*) from account_link where ended_at is null")).isEqualTo("0");
      var changed = Objects.requireNonNull(desk.accounts().findByEmail("new@example.com"));
      assertThat(changed.account().isEmailVerified()).isFalse();
      assertThat(root.get("/system").statusCode()).as("sessions go on").isEqualTo(200);
      assertThat(Trail.column(directory, "actor_email")).contains("command line");
    }
  }

  @Test
  void R565_passkeys_that_are_lost_are_removed_at_the_terminal_with_codes_and_sessions() {
    try (var console = RunningConsole.start(directory, Map.of(), Clock.systemUTC().instant());
        var desk =
            AccountDesk.open(
                ProcessSettings.resolve(
                    Map.of(Setting.DATA_DIR, directory.toString()), Map.of()))) {
      var root = Visits.setUp(console);
      var account = Objects.requireNonNull(desk.accounts().findByEmail(Visits.ROOT)).account();
      assertThat(desk.removePasskeys(account)).as("nothing to remove").isZero();
      run(
          "insert into passkey values ('p', ?, 'n', 'c', x'00', 'localhost', 0, 0, 0, 1, null)",
          account.uid());
      run("insert into recovery_code values (?, 1, 'h', 1, null)", account.uid());

      assertThat(desk.removePasskeys(account)).isEqualTo(1);

      assertThat(one("select count(*) from passkey")).isEqualTo("0");
      assertThat(one("select count(*) from recovery_code")).isEqualTo("0");
      assertThat(root.get("/system").statusCode()).as("sessions end").isEqualTo(303);
      assertThat(Visits.signIn(console.browser(), Visits.ROOT, Visits.PASSWORD).statusCode())
          .as("the password opens it again")
          .isEqualTo(303);
      assertThat(Trail.column(directory, "sentence"))
          .anyMatch(sentence -> sentence.contains("1 passkey and the recovery codes"));
    }
  }

  private void run(String sql, String parameter) {
    try (var database = new SqliteDatabase(directory.resolve("postern.db"))) {
      database.write(tx -> tx.jdbc().sql(sql).param(parameter).update());
    }
  }

  /// A change that waits for its new address, with the links of both sides.
  private void waiting(Account account) {
    try (var database = new SqliteDatabase(directory.resolve("postern.db"))) {
      database.write(tx -> {
        new AddressChanges()
            .insert(
                tx,
                new AddressChange(
                    "1".repeat(32),
                    account.uid(),
                    account.email(),
                    "other@example.com",
                    AddressChange.State.PENDING,
                    account.createdAt(),
                    null,
                    "2".repeat(32)));
        for (var purpose : new Link.Purpose[] {Link.Purpose.CONFIRM, Link.Purpose.CANCEL}) {
          tx.jdbc()
              .sql(
                  """
                  insert into account_link (uid, purpose, account_uid, address, subject,
                    token_hash, issued_at, expires_at) values (?, ?, ?, 'a', '', 'h', 0, ?)
                  """)
              .params(purpose.name(), purpose.name(), account.uid(), Long.MAX_VALUE)
              .update();
        }
        return true;
      });
    }
  }

  private String one(String sql) {
    try (var database = new SqliteDatabase(directory.resolve("postern.db"))) {
      return database.read(tx -> tx.jdbc().sql(sql).query(String.class).single());
    }
  }
}
