package io.postern.console.letters;

import io.postern.console.audit.Audit;
import io.postern.console.outbox.Composer;
import io.postern.console.outbox.LetterNames;
import io.postern.console.outbox.Outbox;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Pages;
import io.postern.console.settings.InstanceSettings;
import io.postern.console.settings.RelaySettings;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Letters as beans.
@Configuration
class LettersWiring {
  @Bean
  LetterPress letterPress(Pages pages, InstanceSettings instance) {
    return new LetterPress(pages, () -> new House(instance.displayName(), instance.baseUrl()));
  }

  @Bean
  Letters letters(LetterPress press, InstantSource clock) {
    return new Letters(press, clock);
  }

  @Bean
  MailReadiness mailReadiness(RelaySettings relay, InstanceSettings instance) {
    return new MailReadiness(relay, instance);
  }

  @Bean
  Samples.Delivery sampleDelivery(Outbox outbox, Database database, Audit audit) {
    return new Samples.Delivery(outbox, database, audit);
  }

  @Bean
  Samples samples(
      LetterPress press, Letters letters, Samples.Delivery delivery, InstantSource clock) {
    return new Samples(press, letters, delivery, clock);
  }

  @Bean
  LetterNames letterNames() {
    return kind -> LetterKind.valueOf(kind).label();
  }

  @Bean
  Composer composer(LetterPress press) {
    return new LetterComposer(press);
  }
}
