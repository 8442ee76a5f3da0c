package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.DatabaseException;
import io.postern.console.platform.database.MemoryDatabase;
import io.postern.console.platform.database.Pending;
import io.postern.console.platform.database.Transaction;
import io.postern.console.settings.RelayChanged;
import io.postern.smtp.dns.DnsAnswer;
import io.postern.smtp.session.Network;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// T-805: the real outbox and engine of two processes on one database, with clock, network, relay,
/// chance and the order of their steps decided by one seed. For some hours everything fails that
/// can; then all is well again, and the count must be right.
final class Simulation {
  private static final Duration TROUBLE = Duration.ofHours(4);
  private static final Duration REST_MAX = Duration.ofMinutes(12);
  private static final int SIGN_INS_PER_HOUR_MAX = 5;
  private static final int MAILS = 8;
  private static final int LIVES_MAX = 6;

  private static final List<Priority> PRIORITIES = List.of(Priority.values());

  private final Random random;
  private final SimulatedTime time;
  private final SimulatedRelay relay;
  private final MemoryDatabase memory;
  private final double faults;
  private final boolean wrongPassword;
  private final Map<String, Duration> acknowledged = new TreeMap<>();
  private final TreeSet<String> attempted = new TreeSet<>();
  private final TreeSet<String> undone = new TreeSet<>();
  private long databaseAwayUntil;
  private long relayAwayUntil;
  private boolean trouble;
  private int killed;

  Simulation(long seed, Path template) {
    this.random = new Random(seed);
    this.time = new SimulatedTime(random);
    this.relay = new SimulatedRelay(random, time);
    this.memory = new MemoryDatabase(template);
    this.faults = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 0.15;
    this.wrongPassword = random.nextInt(4) == 0;
  }

  /// @return what happened, to be compared with another run of the same seed
  static String run(long seed, Path template) {
    var simulation = new Simulation(seed, template);
    try {
      simulation.run();
      return simulation.story();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed %d fails; lab/simulate --seeds 1 --seed %d plays it again".formatted(seed, seed),
          e);
    } finally {
      simulation.memory.close();
    }
  }

  private void run() {
    relay.password = wrongPassword ? "not yet right" : "right";
    var first = process(node("setup", Duration.ZERO));
    first.workers.relay.save(25, "console", "right", true);
    trouble = true;
    relay.faults = faults;
    for (var name : List.of("a", "b")) {
      time.start(node("starter", Duration.ZERO), () -> lives(name));
    }
    time.start(node("load", Duration.ZERO), this::load);
    time.start(node("weather", Duration.ZERO), this::weather);
    time.run(TROUBLE);
    trouble = false;
    relay.faults = 0;
    relay.password = "right";
    heal();
    judge();
  }

  private static SimulatedTime.Node node(String name, Duration ahead) {
    return new SimulatedTime.Node(name, ahead);
  }

  /// One process after the other, each until it is killed.
  private void lives(String name) {
    for (var life = 1; life <= LIVES_MAX; life++) {
      var ahead = Duration.ofSeconds(random.nextInt(181) - 90);
      var node = node(name + life, ahead);
      time.start(node, () -> work(node));
      time.giveWay(Duration.ofMinutes(1 + random.nextInt(160)));
      if (life < LIVES_MAX && random.nextInt(3) == 0) {
        node.pausedUntil = time.ticks() + Duration.ofMinutes(random.nextInt(30)).toNanos();
        time.giveWay(Duration.ofMinutes(random.nextInt(40)));
      }
      node.dead = true;
      killed++;
      time.giveWay(Duration.ofSeconds(random.nextInt(600)));
    }
  }

  private void work(SimulatedTime.Node node) {
    var worker = process(node).workers.another();
    while (!node.dead) {
      if (!worker.round()) {
        time.giveWay(Duration.ofMillis(1 + random.nextLong(REST_MAX.toMillis())));
      }
    }
  }

  private void load() {
    var stand = process(node("load", Duration.ZERO)).stand;
    for (var number = 1; number <= MAILS; number++) {
      time.giveWay(Duration.ofMillis(random.nextLong(TROUBLE.toMillis() / MAILS)));
      var address = "user" + number + "@tenant.test";
      var life = Duration.ofMinutes(30 + random.nextInt(120 * 60));
      var priority = PRIORITIES.get(random.nextInt(PRIORITIES.size()));
      var changesItsMind = random.nextInt(8) == 0;
      attempted.add(address);
      var expires = Duration.ofNanos(time.ticks()).plus(life);
      try {
        stand.database.write(tx -> {
          stand.outbox.enqueue(tx, stand.letter(address, priority, life));
          if (changesItsMind) {
            throw new IllegalStateException("the business change failed");
          }
          return 0;
        });
        acknowledged.put(address, expires);
      } catch (DatabaseException _) {
        // Not acknowledged: it may be there or not.
      } catch (IllegalStateException _) {
        undone.add(address);
      }
    }
  }

  private void weather() {
    while (true) {
      time.giveWay(Duration.ofMinutes(10 + random.nextInt(120)));
      var until = time.ticks() + Duration.ofSeconds(random.nextInt(1_800)).toNanos();
      if (random.nextBoolean()) {
        databaseAwayUntil = until;
      } else {
        relayAwayUntil = until;
      }
    }
  }

  /// Everything works; whatever can still be sent is sent, and the rest expires.
  private void heal() {
    var process = process(node("healer", Duration.ofMinutes(3)));
    process.stand.database.write(transaction -> {
      process.workers.loop.relayChanged(new RelayChanged(transaction, 1, true));
      return true;
    });
    try (var worker = process.workers.another()) {
      for (var passed = 0; passed < 6; passed++) {
        time.pass(RetryPlan.WAIT_MAX.plusMinutes(3));
        while (worker.step()) {
          // As long as there is something to do.
        }
      }
      for (var days = 0; days < 7; days++) {
        time.pass(Duration.ofDays(1));
        worker.step();
      }
    }
  }

  private void judge() {
    OutboxInvariants.check(memory);
    List<Row> rows =
        memory.read(tx ->
            tx.jdbc()
                .sql("select to_address, state, attempts, maybe_duplicate, ended_at from mail")
                .query((row, _) ->
                    new Row(
                        row.getString(1),
                        MailState.valueOf(row.getString(2)),
                        row.getInt(3),
                        row.getInt(4) == 1,
                        row.getLong(5)))
                .list());
    var kept = new TreeMap<String, Row>();
    rows.forEach(row -> assertThat(kept.put(row.to, row)).as("one row for " + row.to).isNull());
    assertThat(kept.keySet()).as("lost").containsAll(acknowledged.keySet());
    assertThat(attempted).as("unexpected").containsAll(kept.keySet());
    assertThat(undone).as("rolled back").noneMatch(kept::containsKey);
    kept.values().forEach(this::judge);
    signInsAreFew();
  }

  private record Row(
      String to, MailState state, int attempts, boolean maybeDuplicate, long endedAt) {}

  private void judge(Row row) {
    var copies = relay.taken.stream().filter(taken -> taken.recipient().equals(row.to)).toList();
    var about = row + ", came " + copies.size() + " times";
    assertThat(row.state).as(about).isIn(MailState.DELIVERED, MailState.FAILED, MailState.EXPIRED);
    if (row.state == MailState.DELIVERED) {
      assertThat(copies).as(about).isNotEmpty();
    }
    if (row.state == MailState.FAILED) {
      assertThat(relay.refused).as(about).containsKey(row.to);
    }
    // Nobody has it twice, or has it although it is said to have ended otherwise, unflagged.
    if (copies.size() > 1 || (row.state != MailState.DELIVERED && !copies.isEmpty())) {
      assertThat(row.maybeDuplicate).as(about).isTrue();
    }
    assertThat(copies.stream().map(SimulatedRelay.Taken::content).distinct().count())
        .as("the same octets, " + about)
        .isLessThanOrEqualTo(1);
    // Only what was said of this mail uses an attempt up.
    assertThat(row.attempts)
        .as("attempts, " + about)
        .isLessThanOrEqualTo(relay.offered.getOrDefault(row.to, 0) + relay.unnamed);
    var expires = acknowledged.get(row.to);
    if (expires != null) {
      var late = expires.plusMinutes(20).toNanos();
      assertThat(copies).as("dead letters, " + about).allMatch(copy -> copy.at() <= late);
      if (row.state == MailState.EXPIRED) {
        var ended = Duration.ofMillis(row.endedAt - TestClock.NOON.toEpochMilli());
        assertThat(ended).as(about).isGreaterThanOrEqualTo(expires.minusMinutes(5));
      }
    }
  }

  /// Of one password that was wrong from the start. Each process that dies before it wrote down
  /// what it heard asks once more, and clocks differ by up to three minutes.
  private void signInsAreFew() {
    var hour = Duration.ofHours(1).toNanos();
    for (var first : relay.refusedSignIns) {
      var within =
          relay.refusedSignIns.stream().filter(at -> at >= first && at < first + hour).count();
      assertThat(within).as("sign-ins an hour").isLessThanOrEqualTo(SIGN_INS_PER_HOUR_MAX + killed);
    }
  }

  private String story() {
    var story = new StringBuilder();
    relay.taken.forEach(
        taken -> story.append(taken.at()).append(' ').append(taken.recipient()).append('\n'));
    List<String> rows =
        memory.read(tx ->
            tx.jdbc()
                .sql(
                    "select uid || ' ' || state || ' ' || attempts || ' ' || coalesce(ended_at, 0) from mail order by uid")
                .query(String.class)
                .list());
    return story.append(String.join("\n", rows)).append('\n').append(time.ticks()).toString();
  }

  private record Party(OutboxStand stand, Workers workers) {}

  private Party process(SimulatedTime.Node node) {
    var own = new Random(random.nextLong());
    var clock = new TestClock(() -> time.instant(node));
    // Mail is rare here: in half of the processes nearly all that the relay takes is not told.
    var successes = new Successes(own.nextBoolean() ? Successes.EVERY : Duration.ofDays(1));
    var stand = new OutboxStand(new Gate(node), clock, own, new Turns(node), successes);
    var network =
        new Network(
            (_, _, _) -> new DnsAnswer.NoName(),
            (_, within) -> {
              if (time.ticks() < relayAwayUntil) {
                time.giveWay(random.nextBoolean() ? within : relay.latency());
                throw new ConnectException("Connection refused");
              }
              return new SimulatedSocket(time, relay, node);
            },
            clock,
            time::ticks,
            own);
    return new Party(stand, new Workers(stand, network));
  }

  /// A run that does not count.
  private record Undone(Transaction transaction) implements Transaction {
    @Override
    public JdbcClient jdbc() {
      return transaction.jdbc();
    }

    @Override
    public void afterCommit(Runnable action) {
      // There is none.
    }
  }

  /// A run of one statement.
  private record Single(Transaction transaction) implements Transaction {
    @Override
    public JdbcClient jdbc() {
      throw new IllegalStateException("This is one update.");
    }

    @Override
    public int update(String sql, List<? extends @Nullable Object> params) {
      return transaction.update(sql, params);
    }

    @Override
    public void afterCommit(Runnable action) {
      transaction.afterCommit(action);
    }
  }

  /// What is between a process and the database: turns, failures, and commits whose word is lost.
  private final class Gate implements Database {
    private final SimulatedTime.Node node;
    private final Deque<Begun<?>> begun = new ArrayDeque<>();

    Gate(SimulatedTime.Node node) {
      this.node = node;
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
      time.giveWay(Duration.ZERO);
      catchUp();
      fails(0.01);
      T value = memory.write(work);
      time.giveWay(Duration.ZERO);
      fails(0.01);
      return value;
    }

    /// As the writer of SQLite does when another unit of the group fails.
    @Override
    public <T extends @Nullable Object> T writeRepeatable(Work<T> work) {
      return write(repeated(work));
    }

    private <T extends @Nullable Object> Work<T> repeated(Work<T> work) {
      return transaction -> {
        if (trouble && random.nextDouble() < 0.05) {
          transaction.jdbc().sql("savepoint first").update();
          work.in(new Undone(transaction));
          transaction.jdbc().sql("rollback to first").update();
        }
        return work.in(transaction);
      };
    }

    /// As PostgreSQL does.
    private static <T extends @Nullable Object> Work<T> single(Work<T> work) {
      return transaction -> work.in(new Single(transaction));
    }

    /// As the writer of SQLite does: later, in order, and never when the process dies first.
    @Override
    public <T extends @Nullable Object> Pending<T> begin(Work<T> work) {
      var unit = new Begun<>(work);
      begun.add(unit);
      return unit;
    }

    private void catchUp() {
      for (var unit = begun.poll(); unit != null; unit = begun.poll()) {
        unit.run();
      }
    }

    /// What was begun, and what became of it.
    private final class Begun<T extends @Nullable Object> implements Pending<T> {
      private final Work<T> work;
      private boolean done;
      private @Nullable T value;
      private @Nullable DatabaseException failure;

      Begun(Work<T> work) {
        this.work = work;
      }

      void run() {
        try {
          fails(0.01);
          value = random.nextBoolean() ? memory.write(repeated(work)) : memory.write(single(work));
          fails(0.01);
        } catch (DatabaseException e) {
          failure = e;
        }
        done = true;
      }

      @Override
      public boolean isDone() {
        return done;
      }

      @Override
      @SuppressWarnings("NullAway") // value is what the work returned
      public T result() {
        time.giveWay(Duration.ZERO);
        catchUp();
        fails(0);
        if (failure != null) {
          throw failure;
        }
        return value;
      }
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
      fails(0.003);
      return memory.read(work);
    }

    private void fails(double share) {
      if (node.dead) {
        throw new SimulatedTime.Killed();
      }
      var away = time.ticks() < databaseAwayUntil;
      if (trouble && (away || random.nextDouble() < share * Math.signum(faults))) {
        throw new DatabaseException("away", new IllegalStateException("as the seed will have it"));
      }
    }

    @Override
    public Dialect dialect() {
      return memory.dialect();
    }

    @Override
    public void close() {
      // All processes share it.
    }
  }

  /// How time passes for the process of a node.
  private final class Turns implements Pace {
    private final SimulatedTime.Node node;

    Turns(SimulatedTime.Node node) {
      this.node = Objects.requireNonNull(node);
    }

    @Override
    public void rest(Duration wait) {
      time.giveWay(wait);
    }

    @Override
    public Repetition every(Duration wait, Runnable action) {
      var ended = new ArrayList<Boolean>();
      time.start(
          node,
          () -> {
            time.giveWay(wait);
            while (ended.isEmpty()) {
              action.run();
              time.giveWay(wait);
            }
          });
      return () -> ended.add(true);
    }
  }
}
