package io.postern.console.outbox;

import io.postern.console.platform.database.Transaction;
import io.postern.console.settings.RelayChanged;
import io.postern.console.settings.RelayProved;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

/// Runs the workers of this process from the start of the server to its stop. On platform threads:
/// there are few, they live long, and a read with a time limit on a virtual thread wakes two others
/// each time.
public final class OutboxLoop implements SmartLifecycle {
  static final int LANES = 2;

  /// Something may become due without anybody waking us: a retry, a probe, a lease of another
  /// process.
  private static final Duration IDLE_MAX = Duration.ofSeconds(1);

  private static final Duration STOP_MAX = Duration.ofSeconds(60);
  private static final Logger LOG = LoggerFactory.getLogger(OutboxLoop.class);

  private final OutboxParts parts;
  private final Supplier<OutboxWorker> workers;
  private final List<Thread> threads = new ArrayList<>();
  private final List<OutboxWorker> lanes = new ArrayList<>();
  private final AtomicBoolean running = new AtomicBoolean();

  OutboxLoop(OutboxParts parts, Supplier<OutboxWorker> workers) {
    this.parts = parts;
    this.workers = workers;
  }

  @Override
  public void start() {
    running.set(true);
    for (var i = 1; i <= LANES; i++) {
      var worker = workers.get();
      lanes.add(worker);
      threads.add(Thread.ofPlatform().daemon(true).name("outbox-" + i).start(() -> run(worker)));
    }
  }

  /// Stops leasing and waits until what is on the wire has its answer, but not longer than a
  /// minute; what then has none is found by its lease.
  @Override
  public void stop() {
    running.set(false);
    lanes.forEach(OutboxWorker::stop);
    parts.wakeup().wake();
    var started = parts.ticks().getAsLong();
    for (var thread : threads) {
      var spent = Duration.ofNanos(parts.ticks().getAsLong() - started);
      try {
        thread.join(spent.compareTo(STOP_MAX) < 0 ? STOP_MAX.minus(spent) : Duration.ZERO);
      } catch (InterruptedException _) {
        // The process is going down anyway; leases make the rest safe.
        Thread.currentThread().interrupt();
      }
    }
    threads.clear();
    lanes.clear();
  }

  @Override
  public boolean isRunning() {
    return running.get();
  }

  /// A validated configuration closes the circuit and lets parked mail go; of any other one mail
  /// tries at once whether it works.
  @EventListener
  public void relayChanged(RelayChanged change) {
    var transaction = change.transaction();
    if (change.validated()) {
      closeCircuit(transaction);
    } else {
      Circuit.probeNow(transaction);
    }
    Throttle.forget(transaction, change.number());
    transaction.afterCommit(() -> {
      LOG.info("Version {} of the relay is in force.", change.number());
      parts.wakeup().wake();
    });
  }

  /// What is in force was just found to work.
  @EventListener
  public void relayProved(RelayProved proof) {
    closeCircuit(proof.transaction());
    proof.transaction().afterCommit(parts.wakeup()::wake);
  }

  private void closeCircuit(Transaction transaction) {
    Circuit.close(transaction);
    parts.store().release(transaction, parts.clock().instant());
  }

  private void run(OutboxWorker worker) {
    try (worker) {
      while (running.get()) {
        var seen = parts.wakeup().calls();
        if (!worker.round() && running.get()) {
          var pause = worker.pause();
          var held = !pause.isZero() && pause.compareTo(IDLE_MAX) < 0;
          parts.wakeup().await(seen, held ? pause : IDLE_MAX);
        }
      }
    } catch (InterruptedException _) {
      // Stopped while waiting.
      Thread.currentThread().interrupt();
    }
  }
}
