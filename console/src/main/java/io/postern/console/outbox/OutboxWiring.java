package io.postern.console.outbox;

import io.postern.console.audit.Audit;
import io.postern.console.platform.DiskGuard;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.SecretBox;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Waiting;
import io.postern.console.settings.RelaySettings;
import io.postern.smtp.session.Network;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Wires the room.
@Configuration
class OutboxWiring {
  /// Time of day and time that only passes.
  record Clocks(InstantSource clock, LongSupplier ticks) {}

  @Bean
  Clocks outboxClocks(InstantSource clock, LongSupplier ticks) {
    return new Clocks(clock, ticks);
  }

  @Bean
  OutboxParts outboxParts(
      Database database, SecretBox box, Clocks clocks, RandomGenerator random, Uid uids) {
    return new OutboxParts(
        database,
        new MailStore(new MailRow(box), database.dialect()),
        new AttemptStore(),
        new Wakeup(),
        ConcurrentHashMap.newKeySet(),
        new Successes(),
        clocks.clock(),
        clocks.ticks(),
        new RealPace(),
        random,
        uids);
  }

  @Bean
  Outbox outbox(OutboxParts parts, Audit audit, DiskGuard disk) {
    return new Outbox(parts, audit, disk);
  }

  @Bean
  Mails mails(OutboxParts parts) {
    return new Mails(parts.database(), parts.store().rows(), parts.attempts(), parts.clock());
  }

  @Bean
  Waiting waiting(Mails mails) {
    return mails::waiting;
  }

  @Bean
  VitalSigns vitalSigns(OutboxParts parts, RelaySettings settings, Outbox outbox) {
    return new VitalSigns(parts, settings, outbox);
  }

  /// The bean's name is the component's name in `/actuator/health`.
  @Bean
  MailHealth mailHealthIndicator(VitalSigns signs) {
    return new MailHealth(signs);
  }

  @Bean
  MailMetrics mailMetrics(VitalSigns signs) {
    return new MailMetrics(signs);
  }

  @Bean
  RestoreWatch restoreWatch(OutboxParts parts, Audit audit, ProcessSettings process) {
    return new RestoreWatch(parts, audit, process.dataDirectory());
  }

  @Bean
  FormerRelay formerRelay(OutboxParts parts, ObjectProvider<Composer> composer, Network network) {
    Composer late = (mail, sender) -> composer.getObject().compose(mail, sender);
    return new FormerRelay(parts, late, network);
  }

  @Bean
  OutboxLoop outboxLoop(
      OutboxParts parts,
      RelaySettings settings,
      ObjectProvider<Composer> composer,
      Network network) {
    // Asked for at the first mail: letters stand above this room and need parts of it themselves.
    Composer late = (mail, sender) -> composer.getObject().compose(mail, sender);
    var upkeep = new Upkeep(parts);
    return new OutboxLoop(
        parts,
        () -> new Lane(network),
        lane -> new OutboxWorker(parts, settings, late, lane, upkeep));
  }
}
