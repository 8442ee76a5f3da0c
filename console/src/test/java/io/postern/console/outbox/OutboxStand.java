package io.postern.console.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.postern.console.audit.Audit;
import io.postern.console.platform.SecretBox;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.MigratedFile;
import io.postern.console.platform.database.PrivatePostgres;
import io.postern.console.platform.web.Actor;
import io.postern.smtp.Mailbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The real outbox on a real database, with a clock that the test moves.
final class OutboxStand implements AutoCloseable {
  static final Duration LEASE = LeaseKeeper.LENGTH;
  private static final long SEED = 20_261_124;

  final TestClock clock;
  final RandomGenerator random;
  final SecretBox box;
  final Database database;
  final OutboxParts parts;
  final Audit audit;
  final Outbox outbox;
  final Mails mails;
  @Nullable String full;

  OutboxStand(Database database, TestClock clock, RandomGenerator random) {
    this(database, clock, random, new RealPace());
  }

  OutboxStand(Database database, TestClock clock, RandomGenerator random, Pace pace) {
    this(database, clock, random, pace, new Successes());
  }

  OutboxStand(
      Database database, TestClock clock, RandomGenerator random, Pace pace, Successes successes) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.box = new SecretBox(new byte[32], random);
    var uids = new Uid(clock, random);
    this.parts =
        new OutboxParts(
            database,
            new MailStore(new MailRow(box), database.dialect()),
            new AttemptStore(),
            new Wakeup(),
            ConcurrentHashMap.newKeySet(),
            successes,
            clock,
            clock::ticks,
            pace,
            random,
            uids);
    this.audit = new Audit(clock, uids);
    this.outbox = new Outbox(parts, audit, () -> full);
    this.mails = new Mails(database, parts.store().rows(), parts.attempts(), parts.clock());
  }

  static OutboxStand on(Database.Dialect dialect, Path directory) {
    return new OutboxStand(database(dialect, directory), new TestClock(), new Random(SEED));
  }

  static Database database(Database.Dialect dialect, Path directory) {
    return switch (dialect) {
      case SQLITE -> MigratedFile.open(directory);
      case POSTGRESQL -> PrivatePostgres.shared().database();
    };
  }

  /// A letter for somebody, worth sending for an hour.
  NewMail letter(String to) {
    return letter(to, Priority.NORMAL, Duration.ofHours(1));
  }

  NewMail letter(String to, Priority priority, Duration life) {
    return new NewMail(
        "TEST",
        Mailbox.parse(to),
        "A test letter",
        Map.of("link", "https://console.test/a?token=s3cr3t"),
        priority,
        clock.instant().plus(life),
        null,
        null);
  }

  String enqueue(NewMail mail) {
    return database.write(tx -> outbox.enqueue(tx, mail));
  }

  String enqueue(String to) {
    return enqueue(letter(to));
  }

  List<QueuedMail> lease(String token, int limit) {
    return database.write(tx -> parts.store().lease(tx, clock.instant(), token, Set.of(), limit));
  }

  boolean committing(QueuedMail mail, String token) {
    byte @Nullable [] sealed =
        mail.isFrozen()
            ? null
            : parts.store().rows().sealContent(mail.uid(), "Subject: x\r\n".getBytes(UTF_8));
    return database.write(tx -> parts.store().committing(tx, mail.uid(), token, sealed));
  }

  boolean settle(QueuedMail mail, String token, Settlement settlement) {
    return database.write(tx -> parts.store().settle(tx, mail, token, settlement));
  }

  int recover() {
    return database.write(
        tx -> new Recovery(parts.store(), parts.leases()).run(tx, clock.instant()));
  }

  int expire() {
    return database.write(tx -> parts.store().expire(tx, clock.instant()));
  }

  QueuedMail find(String uid) {
    return Objects.requireNonNull(mails.find(uid), uid);
  }

  MailState state(String uid) {
    return find(uid).state();
  }

  Actor actor() {
    return Actor.system(clock.instant());
  }

  Instant in(Duration time) {
    return clock.instant().plus(time);
  }

  @Override
  public void close() {
    try {
      OutboxInvariants.check(database);
    } finally {
      database.close();
    }
  }
}
