package io.postern.console.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// One clock and one thread at a time: which of those that could go on does, a seed decides. A
/// thread gives the turn away at [#giveWay], and so wherever it reads from a connection or asks the
/// database.
final class SimulatedTime {
  private final Random random;
  private final List<Task> tasks = new ArrayList<>();
  private final Semaphore turn = new Semaphore(0);
  private long now;
  private @Nullable Task running;

  SimulatedTime(Random random) {
    this.random = random;
  }

  /// A machine: its tasks stop with it.
  static final class Node {
    final String name;
    final Duration ahead;
    long pausedUntil;
    boolean dead;

    Node(String name, Duration ahead) {
      this.name = name;
      this.ahead = ahead;
    }
  }

  /// The process of the running task was killed: nothing that it does from now on happens.
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final class Task {
    final Node node;
    final Semaphore go = new Semaphore(0);
    long wakesAt = now;
    boolean done;
    @Nullable Throwable failure;

    Task(Node node) {
      this.node = node;
    }

    boolean mayRun() {
      return !done && (node.dead || (wakesAt <= now && node.pausedUntil <= now));
    }

    long mayRunAt() {
      return Math.max(wakesAt, node.pausedUntil);
    }
  }

  /// Starts something that takes its turns from now on.
  void start(Node node, Runnable action) {
    var task = new Task(node);
    tasks.add(task);
    Thread.ofVirtual()
        .start(() -> {
          task.go.acquireUninterruptibly();
          try {
            if (!node.dead) {
              action.run();
            }
          } catch (Killed _) {
            // So it is.
          } catch (Throwable e) {
            task.failure = e;
          } finally {
            task.done = true;
            turn.release();
          }
        });
  }

  /// Gives turns until everything has ended, or the time is over; then whoever is left is killed.
  void run(Duration time) {
    var end = now + time.toNanos();
    while (now < end && step()) {
      check();
    }
    tasks.forEach(task -> task.node.dead = true);
    while (step()) {
      check();
    }
  }

  /// Lets the clock go while nobody has a turn.
  void pass(Duration time) {
    now += time.toNanos();
  }

  /// Others may go on; the caller does after this time at the earliest.
  void giveWay(Duration time) {
    var task = running;
    if (task == null) {
      pass(time);
      return;
    }
    if (task.node.dead) {
      throw new Killed();
    }
    task.wakesAt = now + time.toNanos();
    turn.release();
    task.go.acquireUninterruptibly();
    if (task.node.dead) {
      throw new Killed();
    }
  }

  long ticks() {
    return now;
  }

  Instant instant(Node node) {
    return TestClock.NOON.plusNanos(now).plus(node.ahead);
  }

  private boolean step() {
    tasks.removeIf(task -> task.done && task.failure == null);
    var ready = tasks.stream().filter(Task::mayRun).toList();
    if (ready.isEmpty()) {
      var next = tasks.stream().filter(task -> !task.done).mapToLong(Task::mayRunAt).min();
      if (next.isEmpty()) {
        return false;
      }
      now = Math.max(now, next.getAsLong());
      return true;
    }
    var chosen = ready.get(random.nextInt(ready.size()));
    running = chosen;
    chosen.go.release();
    turn.acquireUninterruptibly();
    running = null;
    return true;
  }

  private void check() {
    for (var task : tasks) {
      if (task.failure != null) {
        throw new AssertionError(task.node.name + " failed", task.failure);
      }
    }
  }
}
