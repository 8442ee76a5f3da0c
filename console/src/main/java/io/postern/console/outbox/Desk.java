package io.postern.console.outbox;

import io.postern.console.audit.Audit;
import io.postern.console.platform.DiskGuard;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.SealedColumn;
import io.postern.console.platform.Standalone;
import io.postern.console.platform.web.Actor;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// The outbox at the terminal: everything but sending, which the server does.
public record Desk(Standalone standalone, Outbox outbox, Mails mails) implements AutoCloseable {
  /// @throws io.postern.console.platform.UnusableSettingException when there is no instance to open
  public static Desk open(ProcessSettings settings) {
    var standalone = Standalone.open(settings);
    var parts =
        new OutboxParts(
            standalone.database(),
            new MailStore(new MailRow(standalone.box()), standalone.database().dialect()),
            new AttemptStore(),
            new Wakeup(),
            ConcurrentHashMap.newKeySet(),
            new Successes(),
            standalone.clock(),
            standalone.ticks(),
            new RealPace(),
            standalone.random(),
            standalone.uids());
    return new Desk(
        standalone,
        new Outbox(
            parts,
            new Audit(standalone.clock(), standalone.uids()),
            DiskGuard.of(settings.dataDirectory())),
        new Mails(parts.database(), parts.store().rows(), parts.attempts(), parts.clock()));
  }

  /// Where the outbox keeps sealed values.
  public static List<SealedColumn> sealed() {
    return MailRow.sealed();
  }

  /// Whoever sits at the terminal.
  public Actor actor() {
    return Actor.system(standalone.clock().instant());
  }

  @Override
  public void close() {
    standalone.close();
  }
}
