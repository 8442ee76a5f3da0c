package io.postern.console.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.Eventually;
import io.postern.console.platform.database.Database.Dialect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// what a transaction promises, the same on both databases.
@ParameterizedClass
@EnumSource
final class DatabaseTest {
  private static final int CALLERS = 64;

  private final Dialect dialect;
  @TempDir Path directory;
  private Database database;

  DatabaseTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    database =
        switch (dialect) {
          case SQLITE -> new SqliteDatabase(directory.resolve("postern.db"));
          case POSTGRESQL -> PrivatePostgres.shared().database();
        };
    database.write(tx -> tx.jdbc().sql("create table thing (name varchar(64) unique)").update());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void what_is_written_is_seen_by_the_next_reader() {
    assertThat(database.<Integer>write(tx -> insert(tx, "one"))).isEqualTo(1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void an_exception_comes_out_unchanged_and_leaves_nothing() {
    var failure = new IllegalArgumentException("no");
    assertThatThrownBy(() ->
            database.write(tx -> {
              insert(tx, "one");
              throw failure;
            }))
        .isSameAs(failure);
    assertThat(count()).isZero();
  }

  @Test
  void what_follows_a_commit_does_not_follow_a_rollback() {
    var followed = new AtomicInteger();
    database.write(tx -> {
      tx.afterCommit(followed::incrementAndGet);
      return insert(tx, "one");
    });
    assertThatThrownBy(() ->
            database.write(tx -> {
              tx.afterCommit(followed::incrementAndGet);
              throw new IllegalStateException("no");
            }))
        .hasMessage("no");

    assertThat(followed).hasValue(1);
  }

  @Test
  void what_was_begun_is_durable_before_what_the_caller_writes_next() {
    var begun = database.begin(tx -> insertAlone(tx, "one"));
    long before =
        database.write(
            tx -> tx.jdbc().sql("select count(*) from thing").query(Long.class).single());

    assertThat(before).isEqualTo(1);
    assertThat(begun.result()).isEqualTo(1);
  }

  @Test
  void what_was_begun_and_fails_says_so_and_leaves_nothing() {
    var failure = new IllegalArgumentException("no");
    assertThatThrownBy(() ->
            database
                .begin(tx -> {
                  insertAlone(tx, "one");
                  throw failure;
                })
                .result())
        .isSameAs(failure);
    // On PostgreSQL each statement of it is a transaction.
    assertThat(count()).isEqualTo(dialect == Dialect.SQLITE ? 0 : 1);
  }

  @Test
  void what_follows_a_commit_that_was_begun_follows_on_the_thread_that_asks() {
    var followed = new ArrayList<Thread>();
    var begun =
        database.begin(tx -> {
          tx.afterCommit(() -> followed.add(Thread.currentThread()));
          return insertAlone(tx, "one");
        });
    begun.result();

    assertThat(followed).containsExactly(Thread.currentThread());
  }

  @Test
  void on_postgresql_a_single_statement_is_one() {
    Database.Work<Integer> two = tx -> insertAlone(tx, "one") + insertAlone(tx, "two");
    switch (dialect) {
      case SQLITE -> assertThat(database.writeSingle(two)).isEqualTo(2);
      case POSTGRESQL -> {
        assertThatThrownBy(() -> database.writeSingle(two))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("Database.write");
        assertThat(count()).isEqualTo(1);
        assertThatThrownBy(() -> database.writeSingle(tx -> insert(tx, "three")))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("Database.write");
      }
    }
  }

  @Test
  void after_a_single_statement_a_transaction_is_whole_again() {
    database.writeSingle(tx -> insertAlone(tx, "one"));
    assertThatThrownBy(() ->
            database.write(tx -> {
              insert(tx, "two");
              throw new IllegalStateException("no");
            }))
        .hasMessage("no");

    assertThat(count()).isEqualTo(1);
  }

  @Test
  void units_that_commit_together_fail_alone() throws Exception {
    var results = atOnce(caller -> database.write(tx -> insert(tx, "pair" + caller / 2)));

    assertThat(results).filteredOn(Boolean::booleanValue).hasSize(CALLERS / 2);
    assertThat(count()).isEqualTo(CALLERS / 2);
  }

  @Test
  void what_follows_a_commit_may_write_itself_however_many_do_so_at_once() throws Exception {
    var results =
        atOnce(caller ->
            database.write(tx -> {
              tx.afterCommit(() -> database.write(next -> insert(next, "after" + caller)));
              return insert(tx, "first" + caller);
            }));

    assertThat(results).doesNotContain(false);
    assertThat(count()).isEqualTo(2 * CALLERS);
  }

  /// @return for each caller whether its work went well
  private static List<Boolean> atOnce(java.util.function.IntConsumer work) throws Exception {
    var start = new CountDownLatch(1);
    var results = new ArrayList<Boolean>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<Boolean>>();
      for (var caller = 0; caller < CALLERS; caller++) {
        var number = caller;
        running.add(
            threads.submit(() -> {
              start.await();
              try {
                work.accept(number);
                return true;
              } catch (RuntimeException _) {
                // Told by the result.
                return false;
              }
            }));
      }
      start.countDown();
      for (var result : running) {
        results.add(result.get(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS));
      }
    }
    return results;
  }

  private static int insert(Transaction transaction, String name) {
    return transaction.jdbc().sql("insert into thing values (?)").param(name).update();
  }

  private static int insertAlone(Transaction transaction, String name) {
    return transaction.update("insert into thing values (?)", List.of(name));
  }

  private long count() {
    return database.read(
        tx -> tx.jdbc().sql("select count(*) from thing").query(Long.class).single());
  }
}
