package io.postern.console.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.Eventually;
import io.postern.console.platform.database.PostgresDatabase.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/// Nobody waits for ever for a session of PostgreSQL that does not go on.
final class PostgresLimitsTest {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration TOO_LONG = Duration.ofMinutes(1);
  private static final Duration NEVER = Duration.ofHours(1);
  private static final String LOCK = "update outbox_control set suspects = suspects";

  private final PrivatePostgres postgres = PrivatePostgres.shared();
  private final String name = postgres.create();

  @Test
  void a_transaction_that_its_process_leaves_idle_is_rolled_back_and_says_so_when_it_goes_on() {
    try (var database = open(limits(SHORT, NEVER, NEVER));
        var onlooker = open(limits(NEVER, NEVER, NEVER))) {
      assertThatThrownBy(() ->
              database.write(tx -> {
                tx.jdbc().sql("update outbox_control set suspects = 7").update();
                awaitNoneIdleInTransaction(onlooker);
                return tx.jdbc().sql(LOCK).update();
              }))
          .isInstanceOf(DataAccessException.class);

      assertThat(suspects(database)).isZero();
    }
  }

  @Test
  void a_statement_that_waits_too_long_for_a_lock_is_given_up() throws Exception {
    try (var holding = open(limits(NEVER, NEVER, NEVER));
        var database = open(limits(NEVER, SHORT, NEVER))) {
      var locked = new CountDownLatch(1);
      var release = new CountDownLatch(1);
      var holder =
          Thread.ofVirtual()
              .start(() ->
                  holding.write(tx -> {
                    tx.jdbc().sql(LOCK).update();
                    locked.countDown();
                    return awaitLatch(release);
                  }));
      locked.await();

      assertThatThrownBy(() -> database.write(tx -> tx.jdbc().sql(LOCK).update()))
          .isInstanceOf(DataAccessException.class);

      release.countDown();
      holder.join();
      assertThat(database.<Integer>write(tx -> tx.jdbc().sql(LOCK).update())).isEqualTo(1);
    }
  }

  @Test
  void an_answer_that_does_not_come_is_not_waited_for_without_end() {
    try (var database = open(limits(NEVER, NEVER, SHORT))) {
      assertThatThrownBy(
              () -> database.read(tx -> tx.jdbc().sql("select pg_sleep(3600)").query().singleRow()))
          .isInstanceOf(DataAccessException.class);

      assertThat(suspects(database)).isZero();
    }
  }

  @Test
  void a_batch_of_which_a_part_has_arrived_gives_its_locks_up() throws Exception {
    try (var database = open(limits(SHORT, TOO_LONG, NEVER));
        var half = HalfBatch.open(postgres.jdbc(name), name, LOCK)) {
      assertThat(database.<Integer>write(tx -> tx.jdbc().sql(LOCK).update())).isEqualTo(1);
      half.awaitEnd();
    }
  }

  @Test
  void all_writers_can_read_within_their_write_and_others_read_meanwhile_and_the_next_has_its_turn()
      throws Exception {
    try (var database = open(limits(NEVER, NEVER, NEVER));
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var within = new CountDownLatch(PostgresDatabase.WRITERS);
      var meanwhile = new CountDownLatch(1);
      var reads = new ArrayList<Future<Long>>();
      for (var i = 0; i < PostgresDatabase.WRITERS + 1; i++) {
        reads.add(
            callers.submit(() ->
                database.write(_ -> {
                  within.countDown();
                  awaitLatch(meanwhile);
                  return suspects(database);
                })));
      }
      assertThat(awaitLatch(within)).isTrue();
      for (var i = 0; i < PostgresDatabase.CONNECTIONS; i++) {
        assertThat(suspects(database)).isZero();
      }
      meanwhile.countDown();
      for (var read : reads) {
        assertThat(read.get(20, TimeUnit.SECONDS)).isZero();
      }
    }
  }

  private static Limits limits(Duration idle, Duration statement, Duration silence) {
    return new Limits(idle, statement, silence, NEVER);
  }

  private PostgresDatabase open(Limits limits) {
    return new PostgresDatabase(postgres.jdbc(name), "postern", null, limits);
  }

  private static void awaitNoneIdleInTransaction(Database database) {
    Eventually.until(() ->
        database.<Long>read(tx ->
            tx.jdbc()
                .sql(
                    "select count(*) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'")
                .query(Long.class)
                .single())
            == 0);
  }

  private static boolean awaitLatch(CountDownLatch latch) {
    try {
      return latch.await(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long suspects(Database database) {
    return database.read(
        tx -> tx.jdbc().sql("select suspects from outbox_control").query(Long.class).single());
  }
}
