package io.postern.console.platform;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.DatabaseException;
import io.postern.console.platform.database.DatabaseFactory;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Chance, database, key: the things that exist once in a process. The clock comes with the process
/// settings, so that a test can bring its own.
@Configuration
class PlatformWiring {
  /// Of the process; a service manager takes it for a failure and starts it again.
  private static final int HALTED = 1;

  private static final Logger LOG = LoggerFactory.getLogger(PlatformWiring.class);

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
    return DatabaseFactory.open(settings, PlatformWiring::halt);
  }

  /// At once and without a farewell: whatever would still run could promise what is not on disk.
  /// Whoever started Postern starts it again, and it goes on from what is there.
  private static void halt(DatabaseException fault) {
    LOG.error(
        "The disk under the database failed ({}). Postern stops now, because it can no longer tell what is on it. Check the disk and start Postern again; no mail that was acknowledged is lost.",
        fault.getMessage());
    Runtime.getRuntime().halt(HALTED);
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

  @Bean
  ConsoleTls consoleTls(
      ProcessSettings settings, Database database, InstanceSecrets secrets, InstantSource clock) {
    return new ConsoleTls(settings, database, secrets, clock);
  }
}
