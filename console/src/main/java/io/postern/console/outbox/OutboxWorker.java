package io.postern.console.outbox;

import io.postern.console.platform.database.DatabaseException;
import io.postern.console.settings.RelaySettings;
import io.postern.console.settings.RelayVersion;
import io.postern.smtp.session.CommitPoint;
import io.postern.smtp.session.Envelope;
import io.postern.smtp.session.Submission;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Delivers due mail. [#step] does one round on the calling thread, so that a test or a simulator
/// can drive it; [Lanes] calls it, by [#round].
public final class OutboxWorker implements AutoCloseable {
  static final int BATCH = 20;
  private static final Logger LOG = LoggerFactory.getLogger(OutboxWorker.class);

  private final OutboxParts parts;
  private final RelaySettings settings;
  private final Freezing freezing;
  private final Lane lane;
  private final Ledger ledger;
  private final Upkeep upkeep;
  private final Lookout lookout;
  private final Connections connections;
  private final Allotment allotment;
  private volatile boolean stopping;
  private boolean away;

  /// @param upkeep that of the process
  OutboxWorker(
      OutboxParts parts, RelaySettings settings, Composer composer, Lane lane, Upkeep upkeep) {
    this.parts = parts;
    this.settings = settings;
    this.freezing = new Freezing(parts, composer);
    this.lane = lane;
    this.ledger = new Ledger(parts, settings);
    this.upkeep = upkeep;
    this.lookout = new Lookout(parts);
    this.connections = new Connections(parts);
    this.allotment = new Allotment(parts, connections);
  }

  /// [#step], whatever happens: a database that is away, or a bug, must not silence the outbox
  /// until the next start.
  boolean round() {
    try {
      var worked = step();
      databaseIs(true, "");
      return worked;
    } catch (DatabaseException e) {
      databaseIs(false, String.valueOf(e.getMessage()));
      return false;
    } catch (DataAccessException e) {
      databaseIs(false, String.valueOf(e.getMostSpecificCause().getMessage()));
      return false;
    } catch (RuntimeException e) {
      LOG.error("A round of the outbox ended with a fault in Postern; it goes on.", e);
      return false;
    }
  }

  /// One round: what [Upkeep] does in time, then one batch is delivered.
  ///
  /// @return whether there was anything to deliver
  public boolean step() {
    var now = parts.clock().instant();
    allotment.begin();
    upkeep.inTime(now);
    var state = parts.database().read(Circuit::read);
    if (state.isInDoubt()) {
      parts.successes().doubted();
    }
    var version = settings.inForce();
    if (state.paused() || version == null || !version.isUsable() || state.isHeldAt(now)) {
      return false;
    }
    lookout.told(state.sight());
    if (!state.isOpen() && allotment.isHeldBack(version, now)) {
      leave(version);
      return false;
    }
    var token = parts.uids().next();
    parts.leases().add(token);
    try {
      return deliver(token, now, version, state.isOpen());
    } finally {
      parts.leases().remove(token);
    }
  }

  /// What the last round found.
  Allotment allotment() {
    return allotment;
  }

  /// Asks [#step] to end after the mail that is on the wire; from any thread.
  void stop() {
    stopping = true;
    ledger.stop();
  }

  @Override
  public void close() {
    lane.close();
    connections.closed();
  }

  /// Says once that the database went away, and once that it is back.
  private void databaseIs(boolean there, String why) {
    if (there && away) {
      LOG.info("The database answers again; the outbox goes on.");
    } else if (!there && !away) {
      LOG.error("The outbox waits for its database: {}", why);
    }
    away = !there;
  }

  private boolean deliver(String token, Instant now, RelayVersion version, boolean probe) {
    var mails = probe ? allotment.takeProbe(token, now) : allotment.take(token, now, version);
    if (!mails.isEmpty()) {
      connections.use();
      try (var batch = new Batch(parts, ledger, token, mails);
          var _ = parts.pace().every(Connections.RENEWED_AFTER, connections::renew)) {
        deliver(batch, version, probe);
        allotment.resize(batch.nextSize());
      }
    }
    leave(version);
    return !mails.isEmpty();
  }

  /// Ends a session that is no longer of use, and notes what it showed.
  private void leave(RelayVersion version) {
    lookout.look(lane);
    if (!lane.isOpen(version)) {
      lane.close();
      connections.closed();
    }
  }

  private void deliver(Batch batch, RelayVersion version, boolean probe) {
    for (var mail = batch.next(); mail != null; mail = batch.next()) {
      lookout.look(lane);
      var started = parts.clock().instant();
      if (!mayTry(version, probe)) {
        ledger.giveBack(List.of(mail), batch.token());
        batch.giveBack();
        return;
      }
      if (!mail.expiresAt().isAfter(started)) {
        // It expired while others of the batch were sent; the next round ends it.
        ledger.giveBack(List.of(mail), batch.token());
        continue;
      }
      if (!deliver(mail, batch, version, started)) {
        return;
      }
    }
  }

  /// @return whether the next mail may be tried
  private boolean deliver(QueuedMail mail, Batch batch, RelayVersion version, Instant started) {
    return switch (lane.ride(mail, version, lookout.mayGroup(version.number()))) {
      case Lane.Ride.None(var failure, var rungs) -> {
        var tried = new Try(mail, batch.token(), version.number(), started, rungs);
        ledger.park(tried, batch.rest(), failure);
        yield false;
      }
      case Lane.Ride.Ready(var submission) -> {
        var goesOn = send(mail, version, batch.token(), submission, started);
        if (!goesOn) {
          batch.giveBack();
        }
        yield goesOn;
      }
    };
  }

  /// Whether a mail may be tried: over the open session, or over another one while no other worker
  /// found the relay at fault and it takes one more.
  private boolean mayTry(RelayVersion version, boolean probe) {
    return !stopping
        && (lane.isOpen(version)
            || ((probe || isClosed()) && (connections.open(version) || probe)));
  }

  private boolean isClosed() {
    return !parts.database().read(Circuit::read).isOpen();
  }

  /// COMMITTING is on disk, and what became of the mail before.
  private CommitPoint beforeFinalDot(QueuedMail mail, String token, byte[] octets) {
    var committing = freezing.committing(mail, token, octets);
    return () -> {
      committing.beforeFinalDot();
      ledger.complete();
    };
  }

  /// @return whether the next mail may be tried
  private boolean send(
      QueuedMail mail, RelayVersion version, String token, Submission submission, Instant started) {
    try {
      var octets = freezing.octets(mail, version);
      var envelope = new Envelope(version.values().from(), mail.to(), mail.uid());
      var outcome = submission.send(envelope, octets, beforeFinalDot(mail, token, octets));
      return ledger.settle(
          new Try(mail, token, version.number(), started, submission.rungs()), outcome);
    } catch (Freezing.LeaseLostException _) {
      // Another worker has the mail; the final dot was not sent, and this session is left in the
      // middle of the content.
      lane.close();
      return false;
    } catch (DatabaseException | DataAccessException e) {
      // The mail is not at fault and loses no attempt: its lease runs out, and recovery knows how
      // far it came.
      lane.close();
      throw e;
    } catch (UnreadableLetterException e) {
      // Nothing was sent; another process may have the key.
      LOG.error("{}", e.getMessage());
      ledger.fault(
          new Try(mail, token, version.number(), started, List.of()),
          String.valueOf(e.getMessage()));
      return true;
    } catch (RuntimeException e) {
      // A bug ends this mail's try, keeps the mail and alarms; the others go on.
      LOG.error(
          "Mail {} could not be sent because of a fault in Postern; it is kept.", mail.uid(), e);
      lane.close();
      var sentence =
          "A fault in Postern stopped this try (%s); the log has the details."
              .formatted(e.getClass().getSimpleName());
      ledger.fault(new Try(mail, token, version.number(), started, List.of()), sentence);
      return true;
    }
  }
}
