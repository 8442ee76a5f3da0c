package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Eventually;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// One life after the other on one database, each in one process or in two at once, and each ended
/// by SIGKILL at a named point or at random. After every life the count must be right; after every
/// few of them all that is left is sent, and counted again.
final class CrashCycles {
  static final int CYCLES_PER_COUNT = 20;
  private static final int MINUTES_PER_LIFE = 20;
  private static final int ACKNOWLEDGED_MAX = 60;
  private static final int PAUSE_EVERY = 5;

  /// From the first acknowledgement. A point that was not reached by then is not reached any more
  /// in this life.
  private static final int LIFE_MILLIS_MAX = 6_000;

  private static final int SURVIVES_MILLIS_MAX = 1_500;

  /// What only a relay that is told to misbehave makes happen.
  private static final Set<String> BAD_WEATHER = Set.of("refused", "unknown", "park", "suspect");

  private final CrashRun run;
  private final String title;
  private final int processes;
  private final List<String> names;
  private int cycle;

  /// @param obedient whether the relay is the ledger sink, which does as it is told
  CrashCycles(CrashRun run, String title, int processes, boolean obedient) {
    this.run = run;
    this.title = title;
    this.processes = processes;
    this.names =
        obedient
            ? CrashPoint.NAMES
            : CrashPoint.NAMES.stream()
                .filter(name -> !name.startsWith(CrashPoint.SINK))
                .filter(name -> !BAD_WEATHER.contains(new CrashPoint(name, 1).method()))
                .toList();
  }

  void run(int cycles) throws IOException, InterruptedException {
    for (var last = cycle + cycles; cycle < last; ) {
      cycle++;
      if (processes > 1 && cycle % PAUSE_EVERY == 0) {
        pause();
      } else {
        live(CrashPoint.ofLife(cycle, names, run.random));
      }
      run.checkAfterDeath();
      if (cycle % CYCLES_PER_COUNT == 0 || cycle == last) {
        run.judge(title + ", cycle " + cycle, MINUTES_PER_LIFE * (cycle + 1L));
      }
    }
  }

  private void live(CrashPoint point) throws IOException, InterruptedException {
    weather(point);
    var first = start("a", 0, point);
    var others = processes > 1 ? List.of(start("b", 0, atRandom())) : List.<Process>of();
    var reached = new AtomicInteger();
    killAtStep(point, first, reached);
    var begun = new CountDownLatch(1);
    var _ = first.onExit().thenRun(begun::countDown);
    var kills = killAfter(point, first, reached);
    var reads =
        follow(
            first,
            () -> {
              begun.countDown();
              kills.run();
            },
            reached);
    var readsOthers = others.stream().map(other -> follow(other, () -> {}, reached)).toList();
    assertThat(begun.await(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    if (!first.waitFor(LIFE_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
      first.destroyForcibly();
    }
    run.tally.died(reached.get() > 0 ? point.name() : "elsewhere");
    assertThat(first.waitFor()).isEqualTo(128 + 9);
    for (var other : others) {
      if (!other.waitFor(run.random.nextInt(SURVIVES_MILLIS_MAX), TimeUnit.MILLISECONDS)) {
        other.destroyForcibly().waitFor();
      }
      run.tally.died(CrashPoint.AT_RANDOM);
    }
    reads.join();
    for (var thread : readsOthers) {
      thread.join();
    }
    run.sink.onStep(_ -> {});
    run.sink.answerAsUsual();
  }

  /// One stands still for longer than its leases, one with a clock after their end takes its mails
  /// over; then it goes on, and may write nothing of them any more.
  private void pause() throws IOException, InterruptedException {
    var none = new AtomicInteger();
    var paused = start("a", -MINUTES_PER_LIFE / 2, atRandom());
    var readsPaused = follow(paused, () -> {}, none);
    var before = 1 + run.random.nextInt(CrashChild.MAILS_MAX / 4);
    awaitAcknowledged("a", before);
    Signal.send(paused, "STOP");
    var other = start("b", 0, atRandom());
    var readsOther = follow(other, () -> {}, none);
    awaitAcknowledged("b", before);
    Signal.send(paused, "CONT");
    awaitAcknowledged("b", Math.min(2 * before, CrashChild.MAILS_MAX));
    for (var process : List.of(paused, other)) {
      process.destroyForcibly().waitFor();
      run.tally.died("after a pause");
    }
    readsPaused.join();
    readsOther.join();
  }

  private void awaitAcknowledged(String which, int count) {
    var start = name(which) + "-";
    Eventually.until(
        () -> run.acknowledged.stream().filter(name -> name.startsWith(start)).count() >= count);
  }

  private void weather(CrashPoint point) {
    switch (point.method()) {
      case "refused" -> run.sink.answer("RCPT", "450 4.2.1 Later");
      case "unknown" -> run.sink.answer(".", LedgerSink.TAKEN_THEN_CUT);
      case "park" -> run.sink.answer("CONNECT", "421 4.3.2 Closed");
      case "suspect" -> run.sink.answer("RCPT", "550 Relaying denied");
      // A kill between DELIVERED and the closing of the circuit is one of those.
      case "takeProbe", "accepted" -> run.openCircuit();
      default -> run.sink.answerAsUsual();
    }
  }

  private void killAtStep(CrashPoint point, Process process, AtomicInteger reached) {
    var left = new AtomicInteger(point.nth());
    run.sink.onStep(step -> {
      if (point.name().equals(CrashPoint.SINK + step) && left.decrementAndGet() == 0) {
        reached.incrementAndGet();
        process.destroyForcibly();
      }
    });
  }

  /// By chance: after so many acknowledgements.
  private Runnable killAfter(CrashPoint point, Process process, AtomicInteger reached) {
    if (!point.isAtRandom()) {
      return () -> {};
    }
    var left = new AtomicInteger(1 + run.random.nextInt(ACKNOWLEDGED_MAX));
    return () -> {
      if (left.decrementAndGet() == 0) {
        reached.incrementAndGet();
        process.destroyForcibly();
      }
    };
  }

  private Process start(String which, int minutes, CrashPoint point) throws IOException {
    return run.start(name(which), (long) MINUTES_PER_LIFE * cycle + minutes, point);
  }

  private Thread follow(Process process, Runnable each, AtomicInteger reached) {
    return Thread.ofVirtual()
        .start(() ->
            run.follow(
                process,
                _ -> each.run(),
                () -> {
                  reached.incrementAndGet();
                  process.destroyForcibly();
                }));
  }

  private String name(String which) {
    return "life" + cycle + which;
  }

  private static CrashPoint atRandom() {
    return new CrashPoint(CrashPoint.AT_RANDOM, 1);
  }
}
