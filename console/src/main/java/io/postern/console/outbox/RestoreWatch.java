package io.postern.console.outbox;

import io.postern.console.audit.Audit;
import io.postern.console.platform.InstanceValues;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.DatabaseException;
import io.postern.console.platform.web.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/// Recognizes at the start that the database was put back from a backup, and pauses the outbox
/// before anything is sent: what waited when the backup was made may have been sent since.
///
/// Starts before the workers and stops after them.
final class RestoreWatch implements SmartLifecycle {
  /// So much of what was sent after a backup may go unnoticed when it is put back into the same
  /// place after a crash.
  static final Duration EVERY = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(RestoreWatch.class);

  private final OutboxParts parts;
  private final Audit audit;
  private final Origin origin;
  private Pace.Repetition repetition = () -> {};
  private Instant lastAccepted = Instant.MIN;
  private boolean running;

  RestoreWatch(OutboxParts parts, Audit audit, Path dataDirectory) {
    this.parts = parts;
    this.audit = audit;
    this.origin =
        switch (parts.database().dialect()) {
          case SQLITE -> new LifeFile(dataDirectory.resolve("outbox.life"), parts);
          case POSTGRESQL -> new PostgresPlace(parts);
        };
  }

  @Override
  public void start() {
    running = true;
    if (origin.isAnother()) {
      pause();
    }
    write();
    repetition = parts.pace().every(EVERY, this::writeAfterMail);
  }

  @Override
  public void stop() {
    repetition.close();
    writeAfterMail();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }

  private void pause() {
    var now = parts.clock().instant();
    int waiting =
        parts
            .database()
            .write(transaction -> {
              var flagged = Circuit.restored(transaction, now);
              audit.record(
                  transaction,
                  Actor.system(now),
                  Audit.Action.UPDATE,
                  new Audit.Object("outbox", "", "outbox"),
                  "Paused: the database was put back from a backup; mails that may have been sent since: "
                      + flagged
                      + ".");
              return flagged;
            });
    LOG.warn(
        "The database was put back from a backup. Sending is paused; {} mails wait that may have been sent since. Look at them under Mail, then press Send all waiting mail or Resume.",
        waiting);
  }

  private void writeAfterMail() {
    try {
      var accepted = parts.database().read(Circuit::read).lastAcceptedAt();
      if (!accepted.equals(lastAccepted)) {
        write();
        lastAccepted = accepted;
      }
    } catch (DatabaseException | DataAccessException e) {
      LOG.warn("That mail was sent could not be marked: {}", e.getMessage());
    }
  }

  private void write() {
    try {
      origin.renew();
    } catch (IOException e) {
      LOG.warn(
          "The data directory cannot be written ({}); the next start may take the database for a restored one.",
          e.getMessage());
    }
  }

  /// What a database and the place where it stands know of each other.
  interface Origin {
    /// Whether the database came from elsewhere, or from an earlier time, since it was last served.
    boolean isAnother();

    /// Both are told once more that they belong together.
    void renew() throws IOException;

    /// The mark in the database, kept among the values of the instance.
    static String read(Database database, String name) {
      return database.read(
          transaction -> Objects.requireNonNullElse(InstanceValues.find(transaction, name), ""));
    }

    static void write(OutboxParts parts, String name, String value) {
      var now = parts.clock().instant();
      parts
          .database()
          .write(transaction -> {
            InstanceValues.put(transaction, name, value, now, "system");
            return value;
          });
    }
  }
}
