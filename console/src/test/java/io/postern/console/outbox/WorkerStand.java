package io.postern.console.outbox;

import io.postern.console.platform.database.Database;
import io.postern.console.settings.SavedRelay;
import java.nio.file.Path;
import java.time.Duration;

/// The real worker between the real outbox and a sink on loopback.
final class WorkerStand implements AutoCloseable {
  final OutboxStand stand;
  final LedgerSink sink;
  final SavedRelay relay;
  final OutboxWorker worker;
  final OutboxLoop loop;
  private final Workers workers;

  WorkerStand(OutboxStand stand, LedgerSink sink) {
    this.stand = stand;
    this.sink = sink;
    this.workers = new Workers(stand);
    this.loop = workers.loop;
    this.relay = workers.relay;
    this.worker = workers.another();
  }

  static WorkerStand on(Database.Dialect dialect, Path directory) {
    return new WorkerStand(OutboxStand.on(dialect, directory), LedgerSink.start());
  }

  /// The relay is the sink.
  void signIn(String username, String password) {
    relay.save(sink.port(), username, password, true);
  }

  OutboxWorker another() {
    return workers.another();
  }

  /// Rounds until nothing is due.
  void work() {
    while (worker.step()) {
      OutboxInvariants.check(stand.database);
    }
  }

  /// Lets time pass in steps, with rounds between them.
  void workFor(Duration time, Duration step) {
    for (var passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(step)) {
      stand.clock.pass(step);
      work();
    }
  }

  @Override
  public void close() {
    worker.close();
    sink.close();
    stand.close();
  }
}
