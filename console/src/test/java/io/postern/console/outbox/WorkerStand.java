package io.postern.console.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.postern.console.platform.database.Database;
import io.postern.console.settings.SavedRelay;
import io.postern.smtp.dns.DnsAnswer;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.SystemDialer;
import java.nio.file.Path;
import java.time.Duration;

/// The real worker between the real outbox and a sink on loopback. The wall clock belongs to the
/// test; deadlines of the conversation run on real time and are never reached.
final class WorkerStand implements AutoCloseable {
  final OutboxStand stand;
  final LedgerSink sink = LedgerSink.start();
  final SavedRelay relay;
  final OutboxWorker worker;
  final OutboxLoop loop;

  private WorkerStand(OutboxStand stand) {
    this.stand = stand;
    this.loop = new OutboxLoop(stand.parts, this::another);
    this.relay =
        new SavedRelay(stand.database, stand.box, stand.audit, stand.clock, loop::relayChanged);
    this.worker = another();
  }

  static WorkerStand on(Database.Dialect dialect, Path directory) {
    return new WorkerStand(OutboxStand.on(dialect, directory));
  }

  /// The relay is the sink.
  void signIn(String username, String password) {
    relay.save(sink.port(), username, password, true);
  }

  OutboxWorker another() {
    var network =
        new Network(
            (_, _, _) -> new DnsAnswer.NoName(),
            new SystemDialer(),
            stand.clock,
            System::nanoTime,
            stand.random);
    return new OutboxWorker(
        stand.parts, relay.settings(), this::compose, new Lane(network), OutboxStand.LEASE);
  }

  private byte[] compose(QueuedMail mail, io.postern.console.settings.RelayVersion sender) {
    if (mail.to().toString().startsWith("bug")) {
      throw new IllegalStateException("a letter that cannot be rendered");
    }
    return "From: <%s>\r\nTo: <%s>\r\nMessage-ID: <%s@postern.test>\r\n\r\n.Hello\r\n"
        .formatted(sender.values().from(), mail.to(), mail.messageId())
        .getBytes(UTF_8);
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
