package io.postern.bench;

import io.postern.console.outbox.Picks;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Some processes on one PostgreSQL that share the outbox: the first one is this one, the others
/// are `./postern` as operators run it. With a sink that counts.
final class Fleet implements AutoCloseable {
  private static final int CALLERS = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /// The most lanes that a process has, each with one mail on the wire.
  private static final int LANES_MAX = 12;

  private final TallySink sink = new TallySink();
  private final Console first;
  private final List<ServerProcess> others = new ArrayList<>();

  /// What is told late of one turn counts for the next, so that none of it is lost.
  private Books books;

  Fleet(Place place, int processes) throws IOException, InterruptedException, SQLException {
    var url = Databases.create(place);
    var directory = place.scratch();
    this.first = Console.start(directory, url);
    first.relay(sink.port());
    for (var n = 1; n < processes; n++) {
      others.add(
          ServerProcess.start(
              place,
              place.scratch(),
              "",
              List.of("--database-url", url, "--key-file", directory.resolve("key").toString())));
    }
    this.books = Books.of(first.database);
  }

  /// What sending so many mails cost.
  ///
  /// @param rows that were written, in mail and tries, an update counted like a new one
  /// @param octets of the log of the database, with the copies of pages that follow a checkpoint
  /// @param connections at the relay, the most at once
  record Cost(int mails, double seconds, long commits, long rows, long octets, int connections) {
    double rate() {
      return mails / seconds;
    }
  }

  /// Enqueues, then sends all of it with every process.
  Cost send(int mails) throws InterruptedException {
    var picks = first.picks();
    picks.holdWorkersBack(true);
    var came = sink.count();
    first.accept(CALLERS, mails);
    var started = System.nanoTime();
    picks.holdWorkersBack(false);
    await(picks, () -> picks.waiting() == 0);
    var seconds = (System.nanoTime() - started) / 1e9;
    demand(sink.count() - came == mails, sink.count() - came + " came of " + mails);
    demand(sink.count() == sink.recipients(), "a mail came twice");
    var now = Books.of(first.database);
    var spent = now.minus(books);
    books = now;
    return new Cost(
        mails, seconds, spent.commits(), spent.rows(), spent.octets(), sink.connectionsMost());
  }

  /// What became of the mails of a process that was killed.
  ///
  /// @param seconds from the kill until nothing waited any more
  /// @param unknown mails that were between their last octet and the answer
  record TakenOver(double seconds, int unknown) {}

  /// Kills another process (SIGKILL) when a quarter is sent.
  ///
  /// @param patient whether its leases are left to run out; else they are ended by hand
  TakenOver kill(int mails, boolean patient) throws InterruptedException {
    var picks = first.picks();
    var came = sink.count();
    picks.holdWorkersBack(true);
    first.accept(CALLERS, mails);
    picks.holdWorkersBack(false);
    await(picks, () -> sink.count() - came >= mails / 4);
    var started = System.nanoTime();
    others.getLast().kill();
    await(picks, () -> picks.waiting() == picks.leased());
    if (!patient) {
      picks.endLeases();
    }
    await(picks, () -> picks.waiting() == 0);
    var unknown = picks.unknown();
    demand(unknown <= LANES_MAX, unknown + " of unknown outcome, more than a process has lanes");
    demand(sink.count() == sink.recipients(), "a mail came twice");
    demand(sink.count() - came >= mails - unknown, "a mail was lost");
    return new TakenOver((System.nanoTime() - started) / 1e9, unknown);
  }

  @Override
  public void close() throws IOException {
    others.forEach(ServerProcess::close);
    first.close();
    sink.close();
  }

  private interface Condition {
    boolean isSo();
  }

  private void await(Picks picks, Condition condition) {
    var started = System.nanoTime();
    while (!condition.isSo()) {
      demand(
          System.nanoTime() - started < PATIENCE.toNanos(),
          "%d mails still wait after %s".formatted(picks.waiting(), PATIENCE));
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static void demand(boolean isSo, String otherwise) {
    if (!isSo) {
      throw new IllegalStateException(otherwise);
    }
  }
}
