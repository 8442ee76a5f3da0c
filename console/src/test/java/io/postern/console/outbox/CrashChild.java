package io.postern.console.outbox;

import ch.qos.logback.classic.Level;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.DatabaseException;
import io.postern.console.platform.database.PostgresDatabase;
import io.postern.console.platform.database.SqliteDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.dao.DataAccessException;

/// A process that enqueues and delivers until it is killed: the real store, workers and engine.
/// Each name that it prints is of a mail whose transaction was acknowledged.
final class CrashChild {
  /// Before the name; after it stands a full stop, so that a line cut by the kill does not count.
  static final String ACKNOWLEDGED = "acknowledged ";

  /// Ends the name of a mail that is enqueued by itself, without a business change.
  static final String ALONE = "-alone";

  /// It stands at its crash point.
  static final String REACHED = "reached";

  /// Its end when the disk failed.
  static final int HALTED = 3;

  /// How many each process enqueues before it only delivers.
  static final int MAILS_MAX = 400;

  private static final int CALLERS = 4;

  private CrashChild() {}

  /// @param arguments SQLite file or JDBC URL; a name for this life; minutes that its clock is
  ///   ahead; name and number of its crash point; how many it enqueues, else [#MAILS_MAX]
  public static void main(String[] arguments) {
    QuietLog.from(Level.WARN);
    var clock = new TestClock(Clock.systemUTC());
    clock.pass(Duration.ofMinutes(Long.parseLong(arguments[2])));
    var most = arguments.length > 5 ? Integer.parseInt(arguments[5]) : MAILS_MAX;
    var point = new CrashPoint(arguments[3], Integer.parseInt(arguments[4]));
    var database = new WatchedDatabase(open(arguments[0], CrashChild::halt), held(point));
    var stand = new OutboxStand(database, clock, new SecureRandom());
    new Workers(stand).loop.start();
    var number = new AtomicInteger();
    for (var caller = 0; caller < CALLERS; caller++) {
      Thread.ofVirtual()
          .start(() -> {
            for (var n = number.incrementAndGet(); n <= most; n = number.incrementAndGet()) {
              tryToEnqueue(stand, arguments[1] + "-" + n + (n % 4 == 0 ? ALONE : ""));
            }
          });
    }
    waitForTheEnd();
  }

  /// Stands still at the point, says so, and waits for its end there.
  private static Consumer<String> held(CrashPoint point) {
    var left = new AtomicInteger(point.nth());
    return name -> {
      if (name.equals(point.name()) && left.decrementAndGet() == 0) {
        System.out.println(REACHED);
        waitForTheEnd();
      }
    };
  }

  private static void waitForTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Database open(String location, Consumer<DatabaseException> whenBroken) {
    return location.startsWith("jdbc:")
        ? new PostgresDatabase(location, "postern", null)
        : new SqliteDatabase(Path.of(location), whenBroken);
  }

  /// As the server does.
  private static void halt(DatabaseException fault) {
    System.err.println(fault.getMessage());
    Runtime.getRuntime().halt(HALTED);
  }

  /// What was not acknowledged was not promised; the next one may fare better.
  private static void tryToEnqueue(OutboxStand stand, String name) {
    try {
      enqueue(stand, name);
    } catch (DatabaseException | DataAccessException e) {
      System.err.println(name + " was refused: " + e.getMessage());
    }
  }

  /// A business change and its mail, or a mail without one.
  private static void enqueue(OutboxStand stand, String name) {
    var mail = stand.letter(name + "@tenant.test", Priority.NORMAL, Duration.ofDays(3650));
    if (name.endsWith(ALONE)) {
      stand.outbox.enqueueOnce(stand.outbox.ready(mail));
    } else {
      stand.database.write(tx -> {
        tx.jdbc().sql("insert into crash_business (name) values (?)").param(name).update();
        return stand.outbox.enqueue(tx, mail);
      });
    }
    System.out.println(ACKNOWLEDGED + name + ".");
  }
}
