package io.postern.console.outbox;

import io.postern.console.audit.Audit;
import io.postern.console.platform.DiskGuard;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Takes mails and answers for them. A mail exists exactly when the transaction that enqueued it
/// commits.
public final class Outbox {
  public static final int IDEMPOTENCY_KEY_CHARACTERS_MAX = 256;

  private final Database database;
  private final MailStore store;
  private final Interventions interventions = new Interventions();
  private final Audit audit;
  private final DiskGuard disk;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Uid uids;
  private final Wakeup wakeup;

  Outbox(OutboxParts parts, Audit audit, DiskGuard disk) {
    this.database = parts.database();
    this.store = parts.store();
    this.audit = audit;
    this.disk = disk;
    this.clock = parts.clock();
    this.random = parts.random();
    this.uids = parts.uids();
    this.wakeup = parts.wakeup();
  }

  /// Enqueues a mail in the caller's transaction.
  ///
  /// @return the mail's uid; with a key that was used before, the first one's
  /// @throws OutboxFullException when the disk is nearly full; the caller's transaction must not
  ///   commit then
  /// @throws IllegalArgumentException when the key was used for another content; [#enqueueOnce]
  ///   answers that as a value
  public String enqueue(Transaction transaction, NewMail mail) {
    return enqueue(transaction, ready(mail));
  }

  /// As [#enqueue], of a mail that was made ready before the transaction.
  public String enqueue(Transaction transaction, ReadyMail mail) {
    if (insert(transaction, mail)) {
      return mail.uid();
    }
    return switch (Objects.requireNonNull(earlier(transaction, mail))) {
      case Idempotency.Enqueued(var uid) -> uid;
      case Idempotency.Conflict(var uid) ->
          throw new IllegalArgumentException(
              "The key of mail " + uid + " was used for another content.");
    };
  }

  /// Names and seals a mail. Needs no transaction, and promises nothing: the mail exists when it is
  /// enqueued.
  ///
  /// @throws OutboxFullException when the disk is nearly full
  public ReadyMail ready(NewMail mail) {
    requireRoom();
    var uid = uids.next();
    var values = MailRow.json(mail.values());
    var sealed = store.rows().sealValues(uid, values);
    return new ReadyMail(mail, uid, sealed, MailRow.digest(mail, values), messageId());
  }

  /// As [#enqueue], in a transaction of its own and with the conflict of keys as a value.
  public Idempotency enqueueOnce(ReadyMail ready) {
    if (database.writeSingle(transaction -> insert(transaction, ready))) {
      return new Idempotency.Enqueued(ready.uid());
    }
    @Nullable Idempotency earlier = database.read(transaction -> earlier(transaction, ready));
    return Objects.requireNonNull(earlier);
  }

  /// Why no mail is taken at present.
  ///
  /// @return a sentence for the operator, empty when mail is taken
  public String obstacle() {
    var full = disk.refusal();
    return full == null ? "" : full;
  }

  /// For what ends in a letter: asked before anything is written, so that a disk on which nothing
  /// can be written gives this sentence and not the database's.
  ///
  /// @throws OutboxFullException when the disk is nearly full
  public void requireRoom() {
    var full = disk.refusal();
    if (full != null) {
      throw new OutboxFullException(full);
    }
  }

  public @Nullable MailState stateOf(Transaction transaction, String mailUid) {
    return transaction
        .jdbc()
        .sql("select state from mail where uid = ?")
        .param(mailUid)
        .query((row, _) -> MailState.valueOf(row.getString(1)))
        .optional()
        .orElse(null);
  }

  /// Stops what waits for a tenant.
  public int cancelFor(Transaction transaction, String tenantUid) {
    return interventions.cancelFor(transaction, tenantUid, clock.instant());
  }

  /// Removes every mail of a tenant, with its history.
  public void deleteFor(Transaction transaction, String tenantUid) {
    interventions.deleteFor(transaction, tenantUid);
  }

  /// Stops one mail inside a running transaction; false when it is on the wire or ended.
  public boolean cancel(Transaction transaction, String uid) {
    return interventions.cancel(transaction, uid, clock.instant());
  }

  /// A relay that was at fault is tried at once, with one mail.
  ///
  /// @return false when the mail is on the wire, delivered, expired, cancelled, erased or not there
  public boolean retryNow(Actor actor, String uid) {
    return database.write(transaction -> {
      var due = interventions.retryNow(transaction, uid, clock.instant());
      if (due) {
        Circuit.probeNow(transaction);
      }
      return audited(transaction, actor, uid, due, "Asked to be sent now.");
    });
  }

  /// @return false when the mail is on the wire, ended or not there
  public boolean cancel(Actor actor, String uid) {
    return database.write(
        transaction -> audited(transaction, actor, uid, cancel(transaction, uid), "Cancelled."));
  }

  /// Closes the circuit and lets everything go that waits for the relay or for its next try; after
  /// a restore it is also the word that what waits may go, and ends the pause.
  ///
  /// Unknown outcomes stay: sending them again is decided one by one.
  ///
  /// @return how many mails
  public int sendAllWaiting(Actor actor) {
    return database.write(transaction -> {
      Circuit.close(transaction);
      var queued = 0;
      if (Circuit.read(transaction).restoredAt().isAfter(Instant.EPOCH)) {
        Circuit.pause(transaction, false);
        queued = interventions.queued(transaction);
      }
      var released = queued + interventions.releaseAll(transaction, clock.instant());
      audit.record(
          transaction,
          actor,
          Audit.Action.ACTIVITY,
          new Audit.Object("outbox", "", "outbox"),
          "Asked to send all waiting mail: " + released + ".");
      transaction.afterCommit(wakeup::wake);
      return released;
    });
  }

  public void pause(Actor actor, boolean paused) {
    database.write(transaction -> {
      Circuit.pause(transaction, paused);
      audit.record(
          transaction,
          actor,
          Audit.Action.UPDATE,
          new Audit.Object("outbox", "", "outbox"),
          paused ? "Paused: nothing is sent." : "Resumed.");
      transaction.afterCommit(wakeup::wake);
      return 0;
    });
  }

  private boolean audited(
      Transaction transaction, Actor actor, String uid, boolean done, String sentence) {
    if (done) {
      audit.record(
          transaction, actor, Audit.Action.UPDATE, new Audit.Object("mail", uid, uid), sentence);
      transaction.afterCommit(wakeup::wake);
    }
    return done;
  }

  private boolean insert(Transaction transaction, ReadyMail ready) {
    var made =
        store.insert(transaction, ready.uid(), ready.insertion(clock.instant()), ready.values());
    if (made) {
      transaction.afterCommit(wakeup::wake);
    }
    return made;
  }

  private @Nullable Idempotency earlier(Transaction transaction, ReadyMail ready) {
    var mail = ready.mail();
    return transaction
        .jdbc()
        .sql("select uid, digest from mail where kind = ? and idempotency_key = ?")
        .param(mail.kind())
        .param(mail.idempotencyKey())
        .query((row, _) ->
            row.getString("digest").equals(ready.digest())
                ? new Idempotency.Enqueued(row.getString("uid"))
                : (Idempotency) new Idempotency.Conflict(row.getString("uid")))
        .optional()
        .orElse(null);
  }

  private String messageId() {
    var chance = new byte[16];
    random.nextBytes(chance);
    return HexFormat.of().formatHex(chance);
  }
}
