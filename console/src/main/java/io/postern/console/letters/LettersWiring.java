package io.postern.console.letters;

import io.postern.console.outbox.Composer;
import io.postern.console.platform.web.Pages;
import io.postern.console.settings.InstanceSettings;
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
  Composer composer(LetterPress press) {
    return new LetterComposer(press);
  }
}
