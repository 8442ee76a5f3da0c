package io.postern.smtp.probe;

import io.postern.smtp.diagnosis.Observation;
import io.postern.smtp.wire.Deadline;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/// Runs probes at the same time, a virtual thread each, every name once.
final class Tasks implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> names = new HashSet<>();
  private final List<FutureTask<List<? extends Observation>>> tasks = new ArrayList<>();
  private boolean closed;

  /// Starts a probe, unless one of this name was started before.
  void start(String name, Probe probe) {
    lock.lock();
    try {
      if (!closed && names.add(name)) {
        var task = new FutureTask<List<? extends Observation>>(() -> seen(probe));
        tasks.add(task);
        Thread.ofVirtual().name("probe-" + name).start(task);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Waits for what runs, and takes what is there when the time is over.
  List<Observation> gather(Deadline deadline) {
    var observations = new ArrayList<Observation>();
    for (var task : running()) {
      observations.addAll(result(task, deadline));
    }
    return observations;
  }

  /// What is there already.
  List<Observation> ready() {
    var observations = new ArrayList<Observation>();
    for (var task : running()) {
      if (task.isDone() && !task.isCancelled()) {
        observations.addAll(task.resultNow());
      }
    }
    return observations;
  }

  /// Breaks off what still runs.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      tasks.forEach(task -> task.cancel(true));
    } finally {
      lock.unlock();
    }
  }

  private List<FutureTask<List<? extends Observation>>> running() {
    lock.lock();
    try {
      return List.copyOf(tasks);
    } finally {
      lock.unlock();
    }
  }

  private static List<? extends Observation> seen(Probe probe) {
    try {
      return probe.look();
    } catch (IOException _) {
      // Nothing to see is what a probe must reckon with.
      return List.of();
    }
  }

  private static List<? extends Observation> result(
      FutureTask<List<? extends Observation>> task, Deadline deadline) {
    try {
      return task.isDone() ? task.get() : task.get(deadline.millisLeft(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | SocketTimeoutException _) {
      // The verdict does not wait for it.
      return List.of();
    } catch (InterruptedException _) {
      // The check was cancelled.
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a probe failed", e.getCause());
    }
  }
}
