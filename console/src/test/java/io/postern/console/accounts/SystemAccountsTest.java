package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Role;
import io.postern.smtp.Mailbox;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// R-566 where several administrators act at once, the same on both databases.
@ParameterizedClass
@EnumSource
@Timeout(300)
final class SystemAccountsTest {
  private static final int ROUNDS = 10;
  private static final int CALLERS = 4;

  private final Dialect dialect;
  @TempDir Path directory;
  private AccountStand stand;
  private SystemAccounts accounts;
  private AccountLinks links;

  SystemAccountsTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    stand = AccountStand.on(dialect, directory);
    var parts =
        new SystemParts(
            stand.database,
            stand.parts.accounts(),
            stand.parts.links(),
            stand.parts.outbox(),
            Courier.NONE,
            stand.parts.audit(),
            stand.parts.clock());
    links = new AccountLinks(parts);
    accounts = new SystemAccounts(parts, links);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void R566_roots_who_remove_each_other_at_once_leave_one() throws Exception {
    for (var round = 0; round < ROUNDS; round++) {
      var roots = new ArrayList<Account>();
      for (var number = 0; number < CALLERS; number++) {
        roots.add(root("root%d-%d@example.com".formatted(round, number)));
      }
      var demotes = round % 2 == 0;
      var work = new ArrayList<Callable<AccountChange>>();
      for (var number = 0; number < CALLERS; number++) {
        var actor = actor(roots.get(number));
        var victim = roots.get((number + 1) % CALLERS);
        work.add(() ->
            demotes
                ? accounts.changeRole(actor, victim.uid(), Role.ACCOUNTS)
                : accounts.delete(actor, victim.uid(), victim.email()));
      }

      var outcomes = atOnce(work);

      assertThat(stand.database.read(stand.parts.accounts()::activeRoots)).isEqualTo(1);
      assertThat(outcomes)
          .filteredOn(outcome -> outcome instanceof AccountChange.Refused)
          .singleElement()
          .extracting(outcome -> ((AccountChange.Refused) outcome).obstacle())
          .isEqualTo(AccountChange.Obstacle.LAST_ROOT);
      forgetAll();
    }
  }

  @Test
  void of_those_who_create_one_address_at_once_one_succeeds() throws Exception {
    var actor = actor(root("root@example.com"));
    var wanted = new NewSystemAccount("A", "L", Mailbox.parse("ada@example.com"), Role.ACCOUNTS);
    var work = new ArrayList<Callable<AccountChange>>();
    for (var number = 0; number < CALLERS; number++) {
      work.add(() -> accounts.create(actor, wanted));
    }

    var outcomes = atOnce(work);

    assertThat(outcomes).filteredOn(outcome -> outcome instanceof AccountChange.Done).hasSize(1);
    assertThat(accounts.list("", 0, 10).total()).isEqualTo(2);
  }

  @Test
  void those_who_ask_to_see_a_link_at_once_see_one_that_works() throws Exception {
    var actor = actor(root("root@example.com"));
    var ada = stand.account("ada@example.com");
    links.renew(actor, ada.uid(), false);
    var work = new ArrayList<Callable<AccountLinks.Outcome>>();
    for (var number = 0; number < CALLERS; number++) {
      work.add(() -> links.show(actor, ada.uid()));
    }

    var shown = atOnce(work);

    assertThat(shown)
        .extracting(outcome -> ((AccountLinks.Outcome.Given) outcome).link().url())
        .containsOnly(((AccountLinks.Outcome.Given) links.show(actor, ada.uid())).link().url());
  }

  @Test
  void a_root_that_never_signed_in_is_not_counted_as_one() {
    var root = root("root@example.com");
    var other = root("other@example.com");
    accounts.create(
        actor(root), new NewSystemAccount("", "", Mailbox.parse("new@example.com"), Role.ROOT));

    assertThat(accounts.delete(actor(other), root.uid(), "root@example.com"))
        .isInstanceOf(AccountChange.Done.class);
    assertThat(accounts.delete(actor(root), other.uid(), "other@example.com"))
        .extracting(outcome -> ((AccountChange.Refused) outcome).obstacle())
        .isEqualTo(AccountChange.Obstacle.LAST_ROOT);
  }

  @Test
  void what_belongs_to_a_deleted_account_goes_with_it() {
    var root = root("root@example.com");
    var ada = stand.account("ada@example.com");
    links.show(actor(root), ada.uid());
    stand.database.write(
        tx -> stand.parts.sessions().open(tx, ada.uid(), new Sessions.Client("192.0.2.1", "x")));

    accounts.delete(actor(root), ada.uid(), ada.email());

    for (var table : List.of("account_link", "link_handover", "account_session")) {
      assertThat(count(table)).as(table).isZero();
    }
  }

  @Test
  void an_account_of_a_tenant_is_not_there() {
    var root = actor(root("root@example.com"));
    var tenant = stand.account("0".repeat(32), "t@example.com", true);
    assertThat(accounts.find(tenant.uid())).isNull();
    assertThat(accounts.delete(root, tenant.uid(), tenant.email()))
        .isInstanceOf(AccountChange.NotFound.class);
    assertThat(accounts.changeRole(root, tenant.uid(), Role.ROOT))
        .isInstanceOf(AccountChange.NotFound.class);
    assertThat(links.show(root, tenant.uid())).isInstanceOf(AccountLinks.Outcome.NotFound.class);
    assertThat(links.renew(root, tenant.uid(), true))
        .isInstanceOf(AccountLinks.Outcome.NotFound.class);
  }

  private Account root(String email) {
    var account = stand.account(email);
    stand.database.write(tx -> {
      stand.parts.accounts().setRole(tx, account.uid(), Role.ROOT);
      return true;
    });
    return stand.reread(account);
  }

  /// As the request of its session names it, whatever became of it since.
  private static Actor actor(Account account) {
    return SignIn.actor(account, "192.0.2.1", Instant.EPOCH);
  }

  private void forgetAll() {
    stand.database.write(tx -> tx.jdbc().sql("delete from account").update());
  }

  private long count(String table) {
    return stand.database.read(
        tx -> tx.jdbc().sql("select count(*) from " + table).query(Long.class).single());
  }

  private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
    var start = new CountDownLatch(1);
    var outcomes = new ArrayList<T>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<T>>();
      for (var each : work) {
        running.add(
            threads.submit(() -> {
              start.await();
              return each.call();
            }));
      }
      start.countDown();
      for (var result : running) {
        outcomes.add(result.get());
      }
    }
    return outcomes;
  }
}
