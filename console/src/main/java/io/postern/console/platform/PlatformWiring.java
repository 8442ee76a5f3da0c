package io.postern.console.platform;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.DatabaseFactory;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Chance, database, key: the things that exist once in a process. The clock comes with the process
/// settings, so that a test can bring its own.
@Configuration
class PlatformWiring {
  @Bean
  LongSupplier ticks() {
    return System::nanoTime;
  }

  @Bean
  RandomGenerator random() {
    return new SecureRandom();
  }

  @Bean
  Uid uid(InstantSource clock, RandomGenerator random) {
    return new Uid(clock, random);
  }

  @Bean(destroyMethod = "close")
  Database database(ProcessSettings settings) {
    return DatabaseFactory.open(settings);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  KeyWatch keyWatch(
      ProcessSettings settings,
      Database database,
      RandomGenerator random,
      InstantSource clock,
      LongSupplier ticks) {
    var file = settings.keyFile();
    var ring = KeyMark.open(database, file, random, clock);
    return new KeyWatch(database, file, random, ticks, ring);
  }

  @Bean
  SecretBox secretBox(KeyWatch keys, RandomGenerator random) {
    return new SecretBox(keys, random);
  }

  @Bean
  InstanceSecrets instanceSecrets(
      Database database, SecretBox box, RandomGenerator random, InstantSource clock) {
    return new InstanceSecrets(database, box, random, clock);
  }
}
