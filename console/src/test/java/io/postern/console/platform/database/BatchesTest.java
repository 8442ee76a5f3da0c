package io.postern.console.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.Eventually;
import io.postern.console.platform.database.PostgresDatabase.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/// Single statements that wait together on PostgreSQL.
final class BatchesTest {
  private static final String UPDATE = "update thing set value = value + ? where name = ?";

  /// None that a test meets by chance.
  private static final Duration NEVER = Duration.ofHours(1);

  private final PrivatePostgres postgres = PrivatePostgres.shared();
  private final String name = postgres.copy();
  private Database database = open(Limits.USUAL);
  private final CountDownLatch release = new CountDownLatch(1);
  private final List<FutureTask<Integer>> tasks = new ArrayList<>();

  @BeforeEach
  void create() {
    database.write(tx -> {
      tx.jdbc().sql("create table thing (name integer primary key, value integer unique)").update();
      return tx.jdbc().sql("insert into thing select n, n from generate_series(0, 200) n").update();
    });
  }

  @AfterEach
  void close() {
    release.countDown();
    database.close();
  }

  @Test
  void those_who_come_while_one_is_under_way_are_one_transaction_up_to_the_most() throws Exception {
    holdTheLine(0);
    for (var n = 1; n <= Batches.MOST; n++) {
      wait(n, 1_000);
    }
    release.countDown();
    assertThat(results()).allMatch(rows -> rows == 1);

    assertThat(transactions(1, Batches.MOST)).isEqualTo(1);
  }

  @Test
  void one_more_than_the_most_is_another_transaction() throws Exception {
    holdTheLine(0);
    for (var n = 1; n <= Batches.MOST + 1; n++) {
      wait(n, 1_000);
    }
    release.countDown();
    assertThat(results()).allMatch(rows -> rows == 1);

    assertThat(transactions(1, Batches.MOST + 1)).isEqualTo(2);
  }

  @Test
  void each_hears_how_many_rows_its_own_statement_changed() throws Exception {
    holdTheLine(0);
    wait(1, 1_000);
    wait(999, 1_000);
    wait(2, 1_000);
    release.countDown();

    assertThat(results()).containsExactly(1, 1, 0, 1);
    assertThat(transactions(1, 2)).isEqualTo(1);
  }

  @Test
  void one_that_fails_takes_no_other_with_it_and_none_runs_twice() throws Exception {
    holdTheLine(0);
    wait(1, 1_000);
    // The value of another.
    wait(2, 148);
    wait(3, 1_000);
    release.countDown();

    assertThat(tasks.get(1).get()).isEqualTo(1);
    assertThatThrownBy(() -> tasks.get(2).get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(DataIntegrityViolationException.class);
    assertThat(tasks.get(3).get()).isEqualTo(1);
    assertThat(value(1)).isEqualTo(1_001);
    assertThat(value(2)).isEqualTo(2);
    assertThat(value(3)).isEqualTo(1_003);
  }

  @Test
  void a_batch_gives_its_locks_up_when_one_is_not_to_be_had_and_the_others_are_done()
      throws Exception {
    var other = new CountDownLatch(1);
    var holder = hold(2, other);
    holdTheLine(0);
    wait(1, 1_000);
    wait(2, 1_000);
    wait(3, 1_000);
    release.countDown();

    assertThat(tasks.get(1).get()).isEqualTo(1);
    assertThat(tasks.get(3).get()).isEqualTo(1);
    assertThat(tasks.get(2)).isNotDone();
    other.countDown();
    assertThat(tasks.get(2).get()).isEqualTo(1);
    holder.join();
    assertThat(value(2)).isEqualTo(1_002);
  }

  @Test
  void when_nobody_knows_what_became_of_a_batch_all_of_it_hear_so() throws Exception {
    database.close();
    database = open(new Limits(NEVER, NEVER, NEVER, NEVER));
    var other = new CountDownLatch(1);
    var holder = hold(2, other);
    holdTheLine(0);
    wait(1, 1_000);
    wait(2, 1_000);
    release.countDown();
    Eventually.until(() ->
        database.<Integer>write(tx ->
            tx.jdbc()
                .sql(
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = ? and wait_event_type = 'Lock'")
                .param(StoppedBatches.APPLICATION)
                .query(Integer.class)
                .single())
            == 1);

    for (var unknown : tasks.subList(1, 3)) {
      assertThatThrownBy(unknown::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(DatabaseException.class);
    }
    other.countDown();
    holder.join();
    assertThat(value(1)).isEqualTo(1);
  }

  /// One statement is under way until all may go.
  private void holdTheLine(int name) {
    hold(name, release);
    var task = task(name, 1_000);
    Thread.ofPlatform().start(task);
    Eventually.until(() -> waitingForLocks() > 0);
  }

  private Thread hold(int name, CountDownLatch until) {
    var within = new CountDownLatch(1);
    var thread =
        Thread.ofPlatform()
            .start(() ->
                database.write(tx -> {
                  tx.jdbc()
                      .sql("select 1 from thing where name = ? for update")
                      .param(name)
                      .query()
                      .singleRow();
                  within.countDown();
                  await(until);
                  return 0;
                }));
    await(within);
    return thread;
  }

  private void wait(int name, int value) {
    var thread = Thread.ofPlatform().start(task(name, value));
    Eventually.until(() -> thread.getState() == Thread.State.WAITING);
  }

  private FutureTask<Integer> task(int name, int value) {
    var task =
        new FutureTask<Integer>(
            () -> database.writeSingle(tx -> tx.update(UPDATE, List.of(value, name))));
    tasks.add(task);
    return task;
  }

  private List<Integer> results() throws Exception {
    var results = new ArrayList<Integer>();
    for (var task : tasks) {
      results.add(task.get());
    }
    return results;
  }

  private long waitingForLocks() {
    return database.read(tx ->
        tx.jdbc()
            .sql(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
            .query(Long.class)
            .single());
  }

  private long transactions(int from, int to) {
    return database.read(tx ->
        tx.jdbc()
            .sql("select count(distinct xmin::text) from thing where name between ? and ?")
            .params(from, to)
            .query(Long.class)
            .single());
  }

  private PostgresDatabase open(Limits limits) {
    return new PostgresDatabase(postgres.jdbc(name), "postern", null, limits);
  }

  private int value(int name) {
    return database.read(tx ->
        tx.jdbc()
            .sql("select value from thing where name = ?")
            .param(name)
            .query(Integer.class)
            .single());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
