package io.postern.console.settings;

import io.postern.console.audit.Audit;
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
      ProcessSettings process, InstantSource clock, LongSupplier ticks, RandomGenerator random) {
    return new Network(DnsJavaResolver.ofSystem(), EgressGate.of(process), clock, ticks, random);
  }

  @Bean
  Check check(Network network) {
    return new Check(network, Surroundings.ofThisProcess());
  }

  @Bean
  Validations validations(
      Check check, Database database, Audit audit, InstantSource clock, Uid uids) {
    return new Validations(check, database, audit, clock, uids);
  }

  @Bean
  HeldPassword heldPassword(SealedFields fields) {
    return new HeldPassword(fields);
  }

  @Bean
  SmtpScreen smtpScreen(Pages pages, InstantSource clock) {
    return new SmtpScreen(pages, clock);
  }
}
