package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Eventually;
import io.postern.console.outbox.FaultyDisk.Order;
import io.postern.console.platform.database.Database.Dialect;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;

/// T-802, T-803: lives of a process on a disk that loses power, fails, fills up or is slow. Every
/// life on SQLite ends with a power cut; then the count must be right, and the database readable.
///
/// PostgreSQL is the one that stands on the bad disk when it is the database: it restarts itself
/// from its log after a failed flush, and the process has to live through that. What is on its disk
/// is not kept beside the files, because several processes write them; so its lives end by SIGKILL.
final class FaultCycles {
  /// What happens to a process before its power is cut.
  enum Fault {
    POWER_CUT,
    FLUSH_FAILS,
    FOLD_FAILS,
    WRITE_FAILS,
    DISK_FULL,
    SLOW_DISK
  }

  private static final List<Fault> OF_POSTGRESQL =
      List.of(Fault.FLUSH_FAILS, Fault.WRITE_FAILS, Fault.DISK_FULL, Fault.SLOW_DISK);
  private static final int CYCLES_PER_COUNT = 20;
  private static final int MINUTES_PER_LIFE = 20;
  private static final int ACKNOWLEDGED_MAX = 60;

  /// Writes and flushes before the cut; a life has more of them.
  private static final int OPERATIONS_MAX = 600;

  /// For each process; enough that the log is folded into the file now and then.
  private static final String MAILS_MAX = "4000";

  private static final int KILLED = 128 + 9;
  private static final int LIFE_SECONDS_MAX = 30;
  private static final int FULL_WRITES_MAX = 40;
  private static final int SLOW_MILLIS = 10_000;

  private final CrashRun run;
  private final FaultyDisk disk;
  private final Dialect dialect;
  private final List<Fault> faults;
  private final Map<Fault, Integer> lives = new TreeMap<>();
  private int cycle;

  FaultCycles(CrashRun run, FaultyDisk disk, Dialect dialect) {
    this.run = run;
    this.disk = disk;
    this.dialect = dialect;
    this.faults =
        switch (dialect) {
          case SQLITE -> List.of(Fault.values());
          case POSTGRESQL -> OF_POSTGRESQL;
        };
  }

  /// How many lives had which fault.
  Map<Fault, Integer> lives() {
    return lives;
  }

  void run(int cycles) throws IOException, InterruptedException {
    for (var last = cycle + cycles; cycle < last; ) {
      cycle++;
      var fault = faults.get((cycle - 1) % faults.size());
      live(fault);
      lives.merge(fault, 1, Integer::sum);
      Eventually.until(this::answers);
      run.checkAfterDeath();
      readable();
      if (cycle % CYCLES_PER_COUNT == 0 || cycle == last) {
        run.judge("faults, cycle " + cycle, MINUTES_PER_LIFE * (cycle + 1L));
      }
    }
  }

  /// PostgreSQL plays its log before.
  private boolean answers() {
    try {
      return run.look().sql("select 1").query(Integer.class).single() == 1;
    } catch (DataAccessException _) {
      // Asked again.
      return false;
    }
  }

  private void readable() throws IOException {
    if (dialect == Dialect.SQLITE) {
      assertThat(run.look().sql("pragma integrity_check").query(String.class).list())
          .as("readable, seed " + run.seed)
          .containsExactly("ok");
      disk.settle();
    }
  }

  private void live(Fault fault) throws IOException, InterruptedException {
    switch (dialect) {
      case SQLITE -> liveOnSqlite(fault);
      case POSTGRESQL -> liveBesidePostgres(fault);
    }
  }

  private void liveBesidePostgres(Fault fault) throws IOException, InterruptedException {
    switch (fault) {
      case FLUSH_FAILS -> survives(Order.FLUSH_FAILS, 1, FaultyDisk.EIO);
      case WRITE_FAILS -> survives(Order.WRITE_FAILS, 1, FaultyDisk.EIO);
      case DISK_FULL -> survives(Order.WRITE_FAILS, 3, FaultyDisk.ENOSPC);
      case SLOW_DISK -> survives(Order.SLOW_FLUSH, 1, SLOW_MILLIS);
      case POWER_CUT, FOLD_FAILS -> throw new IllegalArgumentException("only SQLite: " + fault);
    }
  }

  private void liveOnSqlite(Fault fault) throws IOException, InterruptedException {
    switch (fault) {
      // Now and then the cut comes before the process is ready.
      case POWER_CUT -> cut(start("a"), run.random.nextInt(4) == 0 ? 0 : acknowledgements());
      // it ends by itself, and what the flush lost is not on the disk although the files
      // show it.
      case FLUSH_FAILS -> {
        ends(start("a"), Order.FLUSH_FAILS, FaultyDisk.EIO);
        cut(start("b"), acknowledgements());
      }
      // SQLite folds its log into the file every thousand pages, and keeps to itself that it
      // failed.
      case FOLD_FAILS -> {
        ends(start("a"), Order.FOLD_FAILS, FaultyDisk.EIO);
        cut(start("b"), acknowledgements());
      }
      case WRITE_FAILS -> {
        ends(start("a"), Order.WRITE_FAILS, FaultyDisk.EIO);
        cut(start("b"), acknowledgements());
      }
      case DISK_FULL ->
          survives(Order.WRITE_FAILS, 1 + run.random.nextInt(FULL_WRITES_MAX), FaultyDisk.ENOSPC);
      case SLOW_DISK -> survives(Order.SLOW_FLUSH, 1, SLOW_MILLIS);
    }
  }

  private void ends(Life life, Order order, int number) throws InterruptedException {
    life.awaitAcknowledged(acknowledgements());
    disk.order(order, order == Order.FOLD_FAILS ? 0 : run.random.nextInt(20), 1, number, seed());
    assertThat(life.process.waitFor(LIFE_SECONDS_MAX, TimeUnit.SECONDS))
        .as("ends by itself, seed " + run.seed)
        .isTrue();
    assertThat(life.process.exitValue()).as("seed " + run.seed).isEqualTo(CrashChild.HALTED);
    assertThat(disk.done()).isEqualTo(1);
    life.reads.join();
  }

  /// What could not be written was refused; what came later goes on.
  private void survives(Order order, int times, int number)
      throws IOException, InterruptedException {
    var life = start("a");
    life.awaitAcknowledged(acknowledgements());
    disk.order(order, run.random.nextInt(20), times, number, seed());
    Eventually.until(() -> disk.done() == times);
    life.awaitAcknowledged(life.acknowledged() + 1);
    cut(life, 0);
  }

  private void cut(Life life, int acknowledgements) throws InterruptedException {
    life.awaitAcknowledged(acknowledgements);
    if (dialect == Dialect.POSTGRESQL) {
      life.process.destroyForcibly();
    }
    disk.order(Order.CUT, run.random.nextInt(OPERATIONS_MAX), 1, 0, seed());
    if (!life.process.waitFor(LIFE_SECONDS_MAX, TimeUnit.SECONDS)) {
      // It had nothing left to write; the next one does.
      life.process.destroyForcibly();
    }
    assertThat(life.process.waitFor()).as("seed " + run.seed).isEqualTo(KILLED);
    run.tally.died(disk.done() > 0 ? "power cut" : "killed");
    life.reads.join();
  }

  private int acknowledgements() {
    return 1 + run.random.nextInt(ACKNOWLEDGED_MAX);
  }

  private long seed() {
    return run.random.nextLong();
  }

  private Life start(String which) throws IOException {
    var name = "life" + cycle + which;
    var process =
        run.start(
            dialect == Dialect.SQLITE ? disk.environment(true) : Map.of(),
            CrashChild.class,
            name,
            String.valueOf((long) MINUTES_PER_LIFE * cycle),
            CrashPoint.AT_RANDOM,
            "1",
            MAILS_MAX);
    return new Life(name, process, Thread.ofVirtual().start(() -> run.follow(process, _ -> {})));
  }

  private final class Life {
    private final String name;
    private final Process process;
    private final Thread reads;

    Life(String name, Process process, Thread reads) {
      this.name = name;
      this.process = process;
      this.reads = reads;
    }

    private long acknowledged() {
      return run.acknowledged.stream().filter(each -> each.startsWith(name + "-")).count();
    }

    private void awaitAcknowledged(long count) {
      Eventually.until(() -> acknowledged() >= count);
    }
  }
}
