package io.postern.console.outbox;

import io.postern.console.platform.database.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// The mails that a worker took with one lease, which is renewed until the batch is closed.
///
/// Nobody waits in it behind a mail on which the relay keeps silent, or while a security letter
/// waits outside: what was not begun half a second after the batch was taken goes back to
/// its place, and other workers are woken.
final class Batch implements AutoCloseable {
  static final Duration WAITS_MAX = Duration.ofMillis(500);
  private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

  private final OutboxParts parts;
  private final Ledger ledger;
  private final String token;
  private final ConcurrentLinkedDeque<QueuedMail> rest;
  private final int taken;
  private final Pace.Repetition lease;
  private final Pace.Repetition impatience;
  private int begun;

  Batch(OutboxParts parts, Ledger ledger, String token, List<QueuedMail> mails) {
    this.parts = parts;
    this.ledger = ledger;
    this.token = token;
    this.taken = mails.size();
    this.rest = new ConcurrentLinkedDeque<>(mails);
    this.lease = LeaseKeeper.keep(parts, token);
    this.impatience = parts.pace().every(WAITS_MAX, this::giveBackInTime);
  }

  String token() {
    return token;
  }

  /// The mail to be sent now; it is the caller's to settle or to give back.
  @Nullable QueuedMail next() {
    var mail = rest.poll();
    begun += mail == null ? 0 : 1;
    return mail;
  }

  /// How many mails the next batch should have: twice as many while each has its turn in time, else
  /// as many as had it. So little is taken in vain when relay or disk are slow.
  int nextSize() {
    return begun < taken ? Math.max(1, begun) : Math.min(OutboxWorker.BATCH, 2 * taken);
  }

  /// Takes out what was not begun.
  List<QueuedMail> rest() {
    var mails = new ArrayList<QueuedMail>();
    for (var mail = rest.poll(); mail != null; mail = rest.poll()) {
      mails.add(mail);
    }
    return mails;
  }

  /// What was not begun goes back to its place.
  void giveBack() {
    ledger.giveBack(rest(), token);
  }

  /// Ends when what became of its mails is written.
  @Override
  public void close() {
    try {
      ledger.complete();
    } finally {
      impatience.close();
      lease.close();
    }
  }

  private void giveBackInTime() {
    var mails = rest();
    if (mails.isEmpty()) {
      return;
    }
    try {
      ledger.giveBack(mails, token);
      parts.wakeup().wake();
    } catch (DatabaseException | DataAccessException e) {
      // The next time, or the worker itself; at the latest their lease runs out.
      LOG.warn("Mails could not be given back: {}", e.getMessage());
      rest.addAll(mails);
    }
  }
}
