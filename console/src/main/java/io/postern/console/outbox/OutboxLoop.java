package io.postern.console.outbox;

import io.postern.console.settings.RelayChanged;
import io.postern.console.settings.RelayProved;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

/// Runs the workers of this process from the start of the server to its stop, and tells them what
/// became of the relay.
public final class OutboxLoop implements SmartLifecycle {
  private static final Duration STOP_MAX = Duration.ofSeconds(60);
  private static final Logger LOG = LoggerFactory.getLogger(OutboxLoop.class);

  private final OutboxParts parts;
  private final Supplier<Lane> connections;
  private final Function<Lane, OutboxWorker> workers;
  private final AtomicReference<@Nullable Lanes> running = new AtomicReference<>();

  /// @param connections makes the one of a lane
  /// @param workers makes the worker that sends over it
  OutboxLoop(OutboxParts parts, Supplier<Lane> connections, Function<Lane, OutboxWorker> workers) {
    this.parts = parts;
    this.connections = connections;
    this.workers = workers;
  }

  @Override
  public void start() {
    running.set(new Lanes(parts, connections, workers));
  }

  /// Stops leasing and waits until what is on the wire has its answer, but not longer than a
  /// minute; what then has none is found by its lease.
  @Override
  public void stop() {
    var lanes = running.getAndSet(null);
    if (lanes != null) {
      lanes.stop(STOP_MAX);
    }
  }

  @Override
  public boolean isRunning() {
    return running.get() != null;
  }

  /// How many lanes there are now.
  int lanes() {
    var lanes = running.get();
    return lanes == null ? 0 : lanes.count();
  }

  /// A validated configuration closes the circuit and lets parked mail go; of any other one mail
  /// tries at once whether it works.
  @EventListener
  public void relayChanged(RelayChanged change) {
    var transaction = change.transaction();
    if (change.validated()) {
      parts.closeCircuit(transaction);
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
    parts.closeCircuit(proof.transaction());
  }
}
