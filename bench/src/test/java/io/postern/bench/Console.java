package io.postern.bench;

import io.postern.console.ConsoleServer;
import io.postern.console.letters.ApiMail;
import io.postern.console.letters.Letters;
import io.postern.console.outbox.NewMail;
import io.postern.console.outbox.Outbox;
import io.postern.console.outbox.Picks;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Server;
import io.postern.console.platform.Setting;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.console.settings.PasswordChange;
import io.postern.console.settings.RelayDraft;
import io.postern.console.settings.RelaySettings;
import io.postern.smtp.EhloName;
import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.Security;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/// The whole product in this process, as `postern serve` runs it: pages, API, letters and outbox.
final class Console implements AutoCloseable {
  private static final AtomicInteger RUNS = new AtomicInteger();
  final Outbox outbox;
  final Database database;
  private final Letters letters;
  private final Server server;
  private final ConfigurableApplicationContext context;

  private Console(Server server, ConfigurableApplicationContext context) {
    this.server = server;
    this.context = context;
    this.outbox = context.getBean(Outbox.class);
    this.database = context.getBean(Database.class);
    this.letters = context.getBean(Letters.class);
  }

  /// @param databaseUrl absent: SQLite in the directory
  static Console start(Path directory, @Nullable String databaseUrl) {
    var flags = new HashMap<Setting, String>();
    flags.put(Setting.DATA_DIR, directory.toString());
    flags.put(Setting.PORT, "0");
    if (databaseUrl != null) {
      flags.put(Setting.DATABASE_URL, databaseUrl);
    }
    var server = ConsoleServer.start(ProcessSettings.resolve(flags, Map.of()));
    return new Console(server, Objects.requireNonNull(Peek.LAST.get()));
  }

  /// Sends through a server on loopback, without TLS and without signing in.
  void relay(int port) {
    var settings = context.getBean(RelaySettings.class);
    var version = settings.inForce();
    settings.save(
        Actor.system(Instant.now()),
        new RelayDraft(
            HostName.parse("127.0.0.1"),
            port,
            Security.NONE,
            "",
            null,
            Mailbox.parse("console@bench.test"),
            "",
            null,
            EhloName.parse("console.bench.test"),
            List.of(),
            false,
            Set.of()),
        new PasswordChange.Delete(),
        true,
        version == null ? 0 : version.number());
  }

  /// A mail that has 2 KiB when it is rendered, to somebody who gets no other.
  NewMail mail(String key) {
    return letters.api(
        Mailbox.parse(key + "@bench.test"), new ApiMail(Message.SUBJECT, Message.text(), ""), key);
  }

  /// Takes mail out of the outbox as its workers do.
  Picks picks() {
    return new Picks(context);
  }

  /// Enqueues so many mails in one transaction.
  void refill(int mails) {
    database.write(tx -> {
      for (var n = 0; n < mails; n++) {
        outbox.enqueue(tx, mail("refill-" + RUNS.incrementAndGet()));
      }
      return mails;
    });
  }

  String enqueue(String key) {
    var mail = outbox.ready(mail(key));
    return outbox.enqueueOnce(mail).uid();
  }

  /// What enqueueing took.
  ///
  /// @param latencies milliseconds of each call
  record Accepted(Work work, Samples latencies) {}

  /// Each caller enqueues one mail after the other and waits until it is durable.
  Accepted accept(int callers, int mails) throws InterruptedException {
    var latencies = new Samples();
    var run = RUNS.incrementAndGet();
    var next = new AtomicInteger();
    var work =
        Senders.run(
            Thread.ofVirtual().factory(),
            callers,
            mails,
            messages -> {
              for (var n = 0; n < messages; n++) {
                var before = System.nanoTime();
                enqueue(run + "-" + next.incrementAndGet());
                latencies.add((System.nanoTime() - before) / 1e6);
              }
            });
    return new Accepted(work, latencies);
  }

  /// Whether a mail has not reached its end. Asks the indexes only, so that the question costs the
  /// same at any backlog.
  boolean isBusy() {
    return database.read(tx ->
        tx.jdbc()
                .sql(
                    """
                    select (select count(*) from (select 1 from mail where turn is not null and standing in ('QUEUED', 'RETRY_WAIT', 'UNKNOWN') limit 1) picked)
                      + (select count(*) from (select 1 from mail where turn is null and standing in ('QUEUED', 'RETRY_WAIT', 'UNKNOWN') limit 1) waiting)
                      + (select count(*) from (select 1 from mail where standing = 'LEASED' limit 1) busy)
                    """)
                .query(Long.class)
                .single()
            > 0);
  }

  @Override
  public void close() {
    server.close();
  }
}
