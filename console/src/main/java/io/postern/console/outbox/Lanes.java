package io.postern.console.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The lanes of this process, each with a worker on a thread of its own. Two, and more for two
/// reasons: while the relay keeps silent on a mail another one stands in for its lane, so that
/// nobody waits behind that mail; and while more waits than all of them can take, one more
/// begins every quarter of a second. Whoever has sent its mails and is one too many leaves.
///
/// On platform threads: there are few, they live long, and a read with a time limit on a virtual
/// thread wakes two others each time.
final class Lanes {
  /// So many send at the same time while there is no backlog.
  static final int LANES = 2;

  /// For a backlog, and together with those that stand in.
  static final int LANES_MAX = 12;

  /// When all of those are held, so many more send what is of no tenant that holds one: however
  /// many mails of a tenant the relay keeps silent on, they delay nobody else.
  static final int RESERVE = 2;

  /// A relay that says nothing about a mail for so long may say nothing for minutes: RFC 5321 gives
  /// it ten for the final dot. Ten times what a mail waits within a batch ([Batch#WAITS_MAX]), so
  /// that a lane which is held has nothing but the mail on the wire.
  static final Duration SILENCE_MAX = Duration.ofSeconds(5);

  private static final Duration LOOKS_EVERY = Duration.ofMillis(250);

  /// Something may become due without anybody waking us: a retry, a probe, a lease of another
  /// process.
  private static final Duration IDLE_MAX = Duration.ofSeconds(1);

  private final OutboxParts parts;
  private final Supplier<Lane> connections;
  private final Function<Lane, OutboxWorker> workers;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Runner> runners = new CopyOnWriteArrayList<>();
  private final Pace.Repetition looks;
  private volatile boolean stopped;
  private int wanted = LANES;
  private int numbered;

  Lanes(OutboxParts parts, Supplier<Lane> connections, Function<Lane, OutboxWorker> workers) {
    this.parts = parts;
    this.connections = connections;
    this.workers = workers;
    this.looks = parts.pace().every(LOOKS_EVERY, this::look);
    look();
  }

  /// How many there are, with those that the relay holds.
  int count() {
    return runners.size();
  }

  /// Takes no more mail, and waits until what is on the wire has its answer, at most for so long.
  void stop(Duration atMost) {
    var started = parts.ticks().getAsLong();
    for (var runner : stopAll()) {
      var left = atMost.minusNanos(parts.ticks().getAsLong() - started);
      try {
        runner.thread.join(left.isNegative() ? Duration.ZERO : left);
      } catch (InterruptedException _) {
        // The process is going down anyway; leases make the rest safe.
        Thread.currentThread().interrupt();
      }
    }
  }

  /// As many begin as are wanted and those that the relay holds, up to the most that there may be.
  private void look() {
    lock.lock();
    try {
      wanted = Math.clamp(wanted + (isBacklog() ? 1 : -1), LANES, LANES_MAX);
      var most = LANES_MAX + (areAllHeld() ? RESERVE : 0);
      for (var free = free(); free < wanted && runners.size() < most && !stopped; free++) {
        numbered++;
        runners.add(new Runner(connections.get(), "outbox-" + numbered));
      }
    } finally {
      lock.unlock();
    }
  }

  private List<Runner> stopAll() {
    lock.lock();
    try {
      stopped = true;
      looks.close();
      runners.forEach(runner -> runner.worker.stop());
      parts.wakeup().wake();
      return List.copyOf(runners);
    } finally {
      lock.unlock();
    }
  }

  /// Whether every lane that is free found more than it could take, in this round or the last. One
  /// that may open no connection finds nothing, so there are no more lanes than the relay takes
  /// connections, and one.
  private boolean isBacklog() {
    return runners.stream()
            .allMatch(runner -> runner.isHeld() || runner.worker.allotment().leftSome())
        && free() > 0;
  }

  private int free() {
    return (int) runners.stream().filter(runner -> !runner.isHeld()).count();
  }

  private boolean areAllHeld() {
    return runners.size() - free() >= LANES_MAX;
  }

  /// The tenants that hold lanes, while they hold all but the reserve.
  private Set<String> passedOver() {
    return areAllHeld()
        ? runners.stream()
            .filter(Runner::isHeld)
            .map(runner -> runner.lane.tenantUid())
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }

  /// @return whether this one, which has nothing on the wire, ends: it is one too many
  private boolean leaves(Runner runner) {
    lock.lock();
    try {
      return free() > wanted && runners.remove(runner);
    } finally {
      lock.unlock();
    }
  }

  /// One lane at work.
  private final class Runner {
    private final Lane lane;
    private final OutboxWorker worker;
    private final Thread thread;
    private volatile boolean busy;
    private volatile long busySince;

    Runner(Lane lane, String name) {
      this.lane = lane;
      this.worker = workers.apply(lane);
      this.thread = Thread.ofPlatform().daemon(true).name(name).start(this::run);
    }

    /// Whether the relay keeps silent on a mail. What delays everything alike, such as a relay that
    /// lets nobody connect, holds no lane: another one would only wait with it.
    boolean isHeld() {
      return busy
          && lane.hasSession()
          && parts.ticks().getAsLong() - busySince >= SILENCE_MAX.toNanos();
    }

    private void run() {
      try (worker) {
        while (!stopped && !leaves(this)) {
          var seen = parts.wakeup().calls();
          if (!round() && !stopped) {
            var pause = worker.allotment().pause();
            var held = !pause.isZero() && pause.compareTo(IDLE_MAX) < 0;
            parts.wakeup().await(seen, held ? pause : IDLE_MAX);
          }
        }
      } catch (InterruptedException _) {
        // Stopped while waiting.
        Thread.currentThread().interrupt();
      }
    }

    private boolean round() {
      busySince = parts.ticks().getAsLong();
      busy = true;
      try {
        worker.allotment().passOver(passedOver());
        var worked = worker.round();
        if (!worked) {
          worker.allotment().nothingTaken();
        }
        return worked;
      } finally {
        busy = false;
      }
    }
  }
}
