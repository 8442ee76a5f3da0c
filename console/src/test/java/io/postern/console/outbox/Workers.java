package io.postern.console.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.postern.console.settings.RelayVersion;
import io.postern.console.settings.SavedRelay;
import io.postern.smtp.dns.DnsAnswer;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.SystemDialer;

/// Real workers of one process. The wall clock belongs to the test; deadlines of the conversation
/// run on real time and are never reached.
final class Workers {
  final SavedRelay relay;
  final OutboxLoop loop;
  private final OutboxStand stand;
  private final Network network;
  private final Upkeep upkeep;

  Workers(OutboxStand stand) {
    this(
        stand,
        new Network(
            (_, _, _) -> new DnsAnswer.NoName(),
            new SystemDialer(),
            stand.clock,
            System::nanoTime,
            stand.random));
  }

  Workers(OutboxStand stand, Network network) {
    this.stand = stand;
    this.network = network;
    this.upkeep = new Upkeep(stand.parts);
    this.loop = new OutboxLoop(stand.parts, () -> new Lane(network), this::over);
    this.relay =
        new SavedRelay(
            stand.database,
            stand.box,
            stand.audit,
            stand.clock,
            loop::relayChanged,
            loop::relayProved);
  }

  OutboxWorker another() {
    return over(new Lane(network));
  }

  private OutboxWorker over(Lane lane) {
    return new OutboxWorker(stand.parts, relay.settings(), Workers::compose, lane, upkeep);
  }

  private static byte[] compose(QueuedMail mail, RelayVersion sender) {
    if (mail.to().toString().startsWith("bug")) {
      throw new IllegalStateException("a letter that cannot be rendered");
    }
    return "From: <%s>\r\nTo: <%s>\r\nMessage-ID: <%s@postern.test>\r\nComments: %s\r\n\r\n.Hello\r\n"
        .formatted(
            sender.values().from(),
            mail.to(),
            mail.messageId(),
            mail.values().getOrDefault("link", ""))
        .getBytes(UTF_8);
  }
}
