package io.postern.console.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.Eventually;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// a disk that failed ends the writer at once; nothing is acknowledged, nothing tried again.
/// `lab/faults` does the same to the system's calls under a real process.
final class SqliteWriterTest {
  private static final int IOERR_FSYNC = 1034;
  private static final int IOERR_WRITE = 778;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;

  @TempDir Path directory;
  private final List<DatabaseException> told = new CopyOnWriteArrayList<>();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private volatile String failsAt = "never";
  private volatile int code;
  private Connection real;
  private SqliteWriter writer;

  @BeforeEach
  void open() throws SQLException {
    real = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("postern.db"));
    try (var statement = real.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA wal_autocheckpoint = 0");
      statement.execute("create table thing (name varchar(64))");
    }
    writer = new SqliteWriter(failing(real), told::add);
  }

  @AfterEach
  void close() {
    writer.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {IOERR_FSYNC, IOERR_WRITE, CORRUPT})
  void R702_a_commit_that_the_disk_failed_is_not_acknowledged_and_nothing_follows_it(int fault) {
    insert("before");

    failsAt = "COMMIT";
    code = fault;
    assertThatThrownBy(() -> insert("lost")).isInstanceOf(DatabaseException.class);
    failsAt = "never";
    var before = said.size();

    assertThatThrownBy(() -> insert("after")).isInstanceOf(DatabaseException.class);
    Eventually.until(() -> told.size() == 1);
    assertThat(said).as("nothing is tried again, not even to roll back").hasSize(before);
  }

  @Test
  void R702_whoever_waits_while_the_disk_fails_hears_of_it_too() throws Exception {
    failsAt = "COMMIT";
    code = IOERR_FSYNC;
    var inside = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var refused = new CopyOnWriteArrayList<String>();
    var callers = new ArrayList<Thread>();
    callers.add(
        refusal(
            refused,
            () ->
                write(
                    _ -> {
                      inside.countDown();
                      awaitUninterrupted(goOn);
                      return 1;
                    },
                    true)));
    inside.await();
    for (var caller = 0; caller < 10; caller++) {
      callers.add(refusal(refused, () -> insert("waits")));
    }
    goOn.countDown();
    for (var caller : callers) {
      caller.join();
    }

    assertThat(refused).hasSize(11);
    Eventually.until(() -> !told.isEmpty());
    assertThat(told).hasSize(1);
  }

  @Test
  void R702_what_was_begun_when_the_disk_fails_says_so_when_it_is_asked() {
    failsAt = "COMMIT";
    code = IOERR_FSYNC;
    var lost =
        writer.begin(
            tx -> tx.jdbc().sql("insert into thing values (?)").param("lost").update(), true);
    Eventually.until(() -> told.size() == 1);
    var after = writer.begin(_ -> 1, true);

    assertThatThrownBy(lost::result).isInstanceOf(DatabaseException.class);
    assertThatThrownBy(after::result).isInstanceOf(DatabaseException.class);
  }

  @Test
  void R702_a_statement_that_the_disk_failed_ends_the_writer_too() {
    assertThatThrownBy(() ->
            write(
                _ -> {
                  throw new DatabaseException("read", new SQLException("disk I/O error", "", 266));
                },
                true))
        .isInstanceOf(DatabaseException.class);
    assertThatThrownBy(() -> insert("after")).isInstanceOf(DatabaseException.class);
    Eventually.until(() -> told.size() == 1);
  }

  /// SQLite makes checkpoints by itself and keeps their faults to itself; so the writer makes them.
  @Test
  void R702_a_checkpoint_that_the_disk_failed_ends_the_writer_although_the_commit_stands() {
    failsAt = "PRAGMA wal_checkpoint(PASSIVE)";
    code = IOERR_FSYNC;
    insert("x".repeat(4096 * 2_001));

    Eventually.until(() -> told.size() == 1);
    assertThatThrownBy(() -> insert("after")).isInstanceOf(DatabaseException.class);
  }

  @Test
  void a_log_of_two_thousand_pages_is_folded_into_the_file_and_not_before() {
    insert("x".repeat(4096 * 1_800));
    insert("small");
    assertThat(said).doesNotContain("PRAGMA wal_checkpoint(PASSIVE)");

    insert("x".repeat(4096 * 300));
    insert("small");

    Eventually.until(() -> said.contains("PRAGMA wal_checkpoint(PASSIVE)"));
    insert("small");
    assertThat(said).containsOnlyOnce("PRAGMA wal_checkpoint(PASSIVE)");
  }

  @Test
  void a_unit_that_fails_takes_no_other_with_it_and_those_before_it_run_again() throws Exception {
    var ran = new CopyOnWriteArrayList<String>();
    var goOn = new CountDownLatch(1);
    var callers = new ArrayList<Thread>();
    callers.add(caller(ran, "holds the group", true, goOn));
    Eventually.until(() -> !ran.isEmpty());
    for (var name : List.of("before", "beside", "breaks")) {
      callers.add(caller(ran, name, true, new CountDownLatch(0)));
    }
    for (var name : List.of("once", "breaks too", "after")) {
      callers.add(caller(ran, name, name.equals("after"), new CountDownLatch(0)));
    }
    goOn.countDown();
    for (var caller : callers) {
      caller.join();
    }

    assertThat(ran)
        .containsExactly(
            "holds the group",
            "before",
            "beside",
            "breaks",
            "holds the group",
            "before",
            "beside",
            "once",
            "breaks too",
            "after");
    assertThat(names()).containsExactly("holds the group", "before", "beside", "once", "after");
    assertThat(said.stream().filter(words -> words.equals("SAVEPOINT unit")))
        .as("three that ran again, three that came later")
        .hasSize(6);
  }

  @Test
  void a_unit_after_one_that_may_not_run_twice_has_a_savepoint() throws Exception {
    var ran = new CopyOnWriteArrayList<String>();
    var goOn = new CountDownLatch(1);
    var callers = List.of(caller(ran, "once", false, goOn), caller(ran, "breaks", true, goOn));
    goOn.countDown();
    for (var caller : callers) {
      caller.join();
    }

    assertThat(ran).containsExactly("once", "breaks");
    assertThat(names()).containsExactly("once");
  }

  /// A caller whose unit waits behind those before it; it writes its name, and fails when it has
  /// to.
  private Thread caller(List<String> ran, String name, boolean repeatable, CountDownLatch goesOn) {
    var caller =
        Thread.ofPlatform()
            .start(() -> {
              try {
                write(
                    tx -> {
                      tx.jdbc().sql("insert into thing values (?)").param(name).update();
                      ran.add(name);
                      awaitUninterrupted(goesOn);
                      if (name.startsWith("breaks")) {
                        throw new IllegalArgumentException(name);
                      }
                      return 1;
                    },
                    repeatable);
              } catch (IllegalArgumentException e) {
                assertThat(e).hasMessage(name);
              }
            });
    Eventually.until(() -> caller.getState() == Thread.State.WAITING);
    return caller;
  }

  private List<String> names() {
    return write(
        tx -> tx.jdbc().sql("select name from thing").query((row, _) -> row.getString(1)).list(),
        true);
  }

  /// SQLite undoes what does not fit, and delivery goes on.
  @Test
  void R703_a_full_disk_refuses_what_does_not_fit_and_ends_nothing() {
    failsAt = "COMMIT";
    code = FULL;
    assertThatThrownBy(() -> insert("does not fit")).isInstanceOf(DatabaseException.class);
    failsAt = "never";

    assertThat(insert("fits")).isEqualTo(1);
    assertThat(told).isEmpty();
    assertThat(names()).containsExactly("fits");
  }

  private <T> T write(Database.Work<T> work, boolean repeatable) {
    return writer.begin(work, repeatable).result();
  }

  private int insert(String name) {
    return write(tx -> tx.jdbc().sql("insert into thing values (?)").param(name).update(), true);
  }

  private static Thread refusal(List<String> refused, Runnable work) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            work.run();
          } catch (DatabaseException e) {
            refused.add(String.valueOf(e.getMessage()));
          }
        });
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The real connection, whose statement that is named fails as SQLite says it.
  private Connection failing(Connection connection) {
    return proxy(
        Connection.class,
        connection,
        "",
        (words, result) ->
            switch (result) {
              case PreparedStatement statement ->
                  proxy(PreparedStatement.class, statement, words, (_, same) -> same);
              case Statement statement ->
                  proxy(Statement.class, statement, words, (_, same) -> same);
              case null, default -> result;
            });
  }

  private interface Step {
    @Nullable Object of(String words, @Nullable Object result);
  }

  /// @param prepared the words of a prepared statement
  private <T> T proxy(Class<T> type, T target, String prepared, Step step) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              var words =
                  arguments != null && arguments.length > 0 && arguments[0] instanceof String sql
                      ? sql
                      : prepared;
              if (method.getName().startsWith("execute")) {
                heard(words);
              }
              try {
                return step.of(words, method.invoke(target, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private void heard(String sql) throws SQLException {
    said.add(sql);
    if (sql.equals(failsAt)) {
      throw new SQLException("told to fail", "", code);
    }
  }
}
