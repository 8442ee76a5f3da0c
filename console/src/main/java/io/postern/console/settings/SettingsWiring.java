package io.postern.console.settings;

import io.postern.console.audit.Audit;
import io.postern.console.platform.ConsoleTls;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.SecretBox;
import io.postern.console.platform.Surroundings;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.SealedFields;
import io.postern.smtp.check.Check;
import io.postern.smtp.dns.DnsJavaResolver;
import io.postern.smtp.session.Network;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Wires the room. The one network of the console stands here: whoever connects goes through its
/// egress gate.
@Configuration
class SettingsWiring {
  @Bean
  RelayStore relayStore(SecretBox box) {
    return new RelayStore(box);
  }

  @Bean
  RelaySettings relaySettings(
      Database database,
      RelayStore store,
      Audit audit,
      ApplicationEventPublisher events,
      InstantSource clock) {
    return new RelaySettings(database, store, audit, events, clock);
  }

  @Bean
  InstanceSettings instanceSettings(
      ProcessSettings process, Database database, InstantSource clock) {
    return new InstanceSettings(process, database, clock);
  }

  @Bean
  Network network(
      ProcessSettings process,
      Environment environment,
      InstantSource clock,
      LongSupplier ticks,
      RandomGenerator random) {
    var gate =
        EgressGate.of(
            process,
            () -> environment.getProperty("local.server.port", Integer.class, process.port()));
    return new Network(DnsJavaResolver.ofSystem(ticks), gate, clock, ticks, random);
  }

  @Bean
  Check check(Network network) {
    return new Check(network, Surroundings.ofThisProcess());
  }

  @Bean
  Rehearsal rehearsal(Check check, InstantSource clock, RandomGenerator random) {
    return new Rehearsal(check, clock, random);
  }

  @Bean
  ValidationLog validationLog(Database database, Audit audit, Arrivals arrivals) {
    return new ValidationLog(database, audit, arrivals);
  }

  @Bean
  Validations validations(
      Check check, RelaySettings settings, ValidationLog log, InstantSource clock, Uid uids) {
    return new Validations(check, settings, log, clock, uids);
  }

  @Bean
  HeldPassword heldPassword(SealedFields fields) {
    return new HeldPassword(fields);
  }

  @Bean
  Arrivals arrivals(
      Database database, InstantSource clock, RandomGenerator random, InstanceSettings instance) {
    return new Arrivals(database, clock, random, instance::baseUrl);
  }

  @Bean
  SmtpScreen smtpScreen(
      Pages pages, Arrivals arrivals, InstanceSettings instance, InstantSource clock) {
    return new SmtpScreen(pages, arrivals, instance, clock);
  }

  @Bean
  InstancePage.Looks looks(
      ProcessSettings process, ConsoleTls tls, HostBound passkeys, InstantSource clock) {
    return new InstancePage.Looks(process, tls, passkeys, clock);
  }

  @Bean
  CertificatePage.Making making(
      Database database,
      Audit audit,
      InstantSource clock,
      RandomGenerator random,
      HostBound passkeys) {
    return new CertificatePage.Making(database, audit, clock, random, passkeys);
  }
}
