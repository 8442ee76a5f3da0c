package io.postern.console.platform;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.DatabaseException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// The keys of a running server. The key is changed beside it: a value that names a newer
/// key makes it read the key file again, and every few seconds it asks the database which one
/// seals.
final class KeyWatch implements Keys, AutoCloseable {
  static final Duration EVERY = Duration.ofSeconds(5);

  /// After so long without an answer nothing is sealed before the database was asked: a process
  /// that was held up must not use a key that was retired meanwhile.
  static final Duration TRUSTED = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);

  private final Database database;
  private final Path file;
  private final RandomGenerator random;
  private final LongSupplier ticks;
  private volatile long askedAt;
  private volatile KeyRing ring;
  private @Nullable ScheduledExecutorService clockwork;

  KeyWatch(Database database, Path file, RandomGenerator random, LongSupplier ticks, KeyRing ring) {
    this.database = database;
    this.file = file;
    this.random = random;
    this.ticks = ticks;
    this.askedAt = ticks.getAsLong();
    this.ring = ring;
  }

  void start() {
    var executor =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("keys").factory());
    var _ =
        executor.scheduleWithFixedDelay(
            this::look, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    clockwork = executor;
  }

  @Override
  public void close() {
    if (clockwork != null) {
      clockwork.shutdownNow();
    }
  }

  @Override
  public KeyRing ring() {
    return ring;
  }

  @Override
  public InstanceKey sealing() {
    if (ticks.getAsLong() - askedAt > TRUSTED.toNanos()) {
      look();
    }
    return ring.sealing();
  }

  /// The file may have changed more than once since it was read: which key it must hold is asked.
  @Override
  public KeyRing again() {
    look();
    reread(ring.sealing().mark());
    return ring;
  }

  /// Takes the key that the database names.
  void look() {
    try {
      var asked = ticks.getAsLong();
      var mark = database.<@Nullable String>read(KeyMark::stored);
      askedAt = asked;
      if (mark != null && !mark.equals(ring.sealing().mark())) {
        reread(mark);
      }
    } catch (DatabaseException | DataAccessException _) {
      // Away for the moment; whoever wants to write meets it too, and says so.
      LOG.debug("The database did not say which key seals.");
    }
  }

  private void reread(String mark) {
    try {
      var found = KeyRing.of(KeyFile.readOrMake(file, random), mark);
      if (found == null) {
        LOG.error(
            "The database is sealed with a key that {} lacks. Copy the key file from where the key was changed.",
            file);
      } else {
        ring = found;
      }
    } catch (UnusableSettingException e) {
      LOG.error("{} The keys that were read at the start stay in use.", e.sentence());
    }
  }
}
