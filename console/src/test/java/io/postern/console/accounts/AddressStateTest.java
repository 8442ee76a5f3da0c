package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// whatever happens to an address change, in whatever order, against a model of it.
@ParameterizedClass
@EnumSource
@Timeout(300)
final class AddressStateTest {
  /// PostgreSQL takes part of the orders: each step is a conversation with it.
  private static final int POSTGRESQL_EVERY = 7;

  private final Database.Dialect dialect;
  @TempDir Path directory;
  private AccountStand stand;

  AddressStateTest(Database.Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    stand = AccountStand.on(dialect, directory);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  /// What can happen.
  private enum Step {
    REQUEST_A,
    REQUEST_B,
    /// The link of the newest letter to confirm.
    CONFIRM,
    /// The link of the newest letter to the first address.
    STOP_NEWEST,
    /// The link of the oldest one.
    STOP_OLDEST,
    WITHDRAW,
    HOUR,
    DAY
  }

  @Test
  void R548_every_order_of_request_confirm_cancel_expire_request_again_and_revert() {
    tryOrders(
        Step.REQUEST_A,
        Step.CONFIRM,
        Step.STOP_OLDEST,
        Step.HOUR,
        Step.REQUEST_B,
        Step.STOP_NEWEST);
  }

  @Test
  void R548_every_order_of_two_changes_that_are_confirmed_and_undone_within_days() {
    tryOrders(
        Step.REQUEST_A, Step.CONFIRM, Step.REQUEST_B, Step.CONFIRM, Step.STOP_OLDEST, Step.DAY);
  }

  @Test
  void R548_every_order_of_giving_up_and_asking_again() {
    tryOrders(Step.REQUEST_A, Step.WITHDRAW, Step.REQUEST_B, Step.CONFIRM, Step.STOP_NEWEST);
  }

  private void tryOrders(Step... steps) {
    var orders = new ArrayList<List<Step>>();
    permute(new ArrayList<>(Arrays.asList(steps)), 0, orders);
    var tried = orders.stream().distinct().toList();
    for (var index = 0; index < tried.size(); index++) {
      if (dialect == Database.Dialect.SQLITE || index % POSTGRESQL_EVERY == 0) {
        tryOrder(index, tried.get(index));
      }
    }
  }

  private static void permute(List<Step> steps, int fixed, List<List<Step>> orders) {
    if (fixed == steps.size()) {
      orders.add(List.copyOf(steps));
      return;
    }
    for (var index = fixed; index < steps.size(); index++) {
      java.util.Collections.swap(steps, fixed, index);
      permute(steps, fixed + 1, orders);
      java.util.Collections.swap(steps, fixed, index);
    }
  }

  private void tryOrder(int number, List<Step> order) {
    var first = "first%d@example.com".formatted(number);
    var account = stand.account(first);
    var model = new AddressModel(first);
    for (var step : order) {
      stand.pass(Duration.ofMinutes(1));
      var expected = expected(model, step, number);
      var done = isDone(account, step, first, number);
      assertThat(done).as("%s of %s", step, order).isEqualTo(expected);
      check(account, model, order, step);
    }
  }

  private boolean expected(AddressModel model, Step step, int number) {
    return switch (step) {
      case REQUEST_A -> model.request("a%d@example.com".formatted(number), stand.now());
      case REQUEST_B -> model.request("b%d@example.com".formatted(number), stand.now());
      case CONFIRM -> model.confirmNewest(stand.now());
      case STOP_NEWEST -> model.stop(model.notices() - 1, stand.now());
      case STOP_OLDEST -> model.stop(0, stand.now());
      case WITHDRAW -> model.withdraw();
      case HOUR, DAY -> true;
    };
  }

  private boolean isDone(Account account, Step step, String first, int number) {
    return switch (step) {
      case REQUEST_A -> isDone(stand.request(account, "a%d@example.com".formatted(number)));
      case REQUEST_B -> isDone(stand.request(account, "b%d@example.com".formatted(number)));
      case CONFIRM -> confirmNewest(number);
      case STOP_NEWEST -> stop(first, true);
      case STOP_OLDEST -> stop(first, false);
      case WITHDRAW -> isDone(stand.requests.withdraw(stand.actor(account)));
      case HOUR -> isPassed(Duration.ofHours(1));
      case DAY -> isPassed(Duration.ofDays(1));
    };
  }

  private boolean isPassed(Duration time) {
    stand.pass(time);
    return true;
  }

  private static boolean isDone(AddressRequests.Outcome outcome) {
    return outcome instanceof AddressRequests.Outcome.Done;
  }

  private boolean confirmNewest(int number) {
    var letters =
        new ArrayList<>(stand.letters("ADDRESS_CONFIRM", "a%d@example.com".formatted(number)));
    letters.addAll(stand.letters("ADDRESS_CONFIRM", "b%d@example.com".formatted(number)));
    letters.sort(java.util.Comparator.comparing(io.postern.console.outbox.QueuedMail::createdAt));
    return !letters.isEmpty()
        && stand.open(letters.getLast()) instanceof Links.Found.Alive alive
        && stand.links.confirm(alive, "192.0.2.2") instanceof AddressLinks.Outcome.Done;
  }

  private boolean stop(String first, boolean newest) {
    var notices = stand.letters("ADDRESS_NOTICE", first);
    if (notices.isEmpty()) {
      return false;
    }
    var letter = newest ? notices.getFirst() : notices.getLast();
    return stand.open(letter) instanceof Links.Found.Alive alive
        && stand.links.stop(alive, "192.0.2.3") instanceof AddressLinks.Outcome.Done;
  }

  private void check(Account account, AddressModel model, List<Step> order, Step step) {
    var as = "%s of %s".formatted(step, order);
    assertThat(stand.reread(account).email()).as(as).isEqualTo(model.email());
    var waits =
        stand.database.read(
            tx -> stand.parts.links().livesUntil(tx, account.uid(), Link.Purpose.CONFIRM) != null);
    assertThat(waits).as("waits after " + as).isEqualTo(model.waitsAt(stand.now()));
    var pending =
        stand.database.read(tx ->
            tx.jdbc()
                .sql("select count(*) from address_change where account_uid = ? and state = ?")
                .params(account.uid(), AddressChange.State.PENDING.name())
                .query(Integer.class)
                .single());
    assertThat(pending).as("pending after " + as).isLessThanOrEqualTo(1);
  }
}
