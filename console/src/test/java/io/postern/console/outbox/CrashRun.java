package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Eventually;
import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.database.PrivatePostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// Processes that live and die on one database, what they acknowledged, what the relay got, and the
/// count after each death and at the end.
final class CrashRun implements AutoCloseable {
  /// Changes without their mail, and mails without their change. In one statement: the server of a
  /// database still ends the commit of a client that was killed.
  private static final String WITHOUT_THE_OTHER =
      """
      select * from (select to_address from mail where to_address not like '%-alone@tenant.test'
        except select name || '@tenant.test' from crash_business) mails
      union all
      select * from (select name || '@tenant.test' from crash_business
        except select to_address from mail) changes
      """;

  private static final int ACKNOWLEDGED_BEFORE_TERM = 40;

  final LedgerSink sink = LedgerSink.start();
  final long seed;
  final Random random;
  final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  final CrashTally tally = new CrashTally();
  private final CrashReceiver receiver;
  private final List<Process> processes = new ArrayList<>();
  private final Path log;
  private final String location;

  /// Of the Java that runs the next process.
  private List<String> flags = List.of();

  /// Mails that a process may have handed over when it died: nothing else may ever come twice.
  private final Set<String> windows = new HashSet<>();

  CrashRun(Dialect dialect, Path directory) {
    this(dialect, directory, Long.getLong("crash.seed", new SecureRandom().nextLong()), null);
  }

  /// @param postfix the relay; null: the ledger sink
  CrashRun(Dialect dialect, Path directory, long seed, @Nullable PostfixMailboxes postfix) {
    this(
        switch (dialect) {
          case SQLITE -> directory.resolve("postern.db").toString();
          case POSTGRESQL -> {
            var postgres = PrivatePostgres.shared();
            yield postgres.jdbc(postgres.create());
          }
        },
        directory,
        seed,
        postfix);
  }

  /// @param location SQLite file or JDBC URL
  CrashRun(String location, Path directory, long seed, @Nullable PostfixMailboxes postfix) {
    this.seed = seed;
    this.random = new Random(seed);
    this.receiver = postfix == null ? sink : postfix;
    this.log = directory.resolve("processes.log");
    this.location = location;
    try (var work = stand()) {
      work.relay.save(receiver.port(), "", "", true);
      work.stand.database.write(tx ->
          tx.jdbc().sql("create table crash_business (name varchar(64) primary key)").update());
    }
  }

  /// One life that ends by SIGTERM. Its classes are kept, and those after it start with half the
  /// work: most of what a life costs. Only jars can be kept so; with a directory on the class path
  /// nothing is.
  void keepClasses(Path archive) throws IOException, InterruptedException {
    flags = List.of("-XX:ArchiveClassesAtExit=" + archive);
    var process = start("archived", 0);
    var begun = new CountDownLatch(ACKNOWLEDGED_BEFORE_TERM);
    var reads = Thread.ofVirtual().start(() -> follow(process, _ -> begun.countDown()));
    assertThat(begun.await(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    Signal.send(process, "TERM");
    assertThat(process.waitFor()).isEqualTo(128 + 15);
    reads.join();
    tally.died("SIGTERM");
    checkAfterDeath();
    flags =
        Files.exists(archive)
            ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable")
            : List.of();
  }

  /// Starts a process whose clock is ahead.
  Process start(String name, long minutesAhead) throws IOException {
    return start(name, minutesAhead, new CrashPoint(CrashPoint.AT_RANDOM, 1));
  }

  Process start(String name, long minutesAhead, CrashPoint point) throws IOException {
    return start(
        CrashChild.class,
        name,
        String.valueOf(minutesAhead),
        point.name(),
        String.valueOf(point.nth()));
  }

  /// Starts another program on the same database; its first argument is where that is.
  Process start(Class<?> program, String... arguments) throws IOException {
    return start(Map.of(), program, arguments);
  }

  /// @param environment besides this process's own
  Process start(Map<String, String> environment, Class<?> program, String... arguments)
      throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var command =
        new ArrayList<>(
            List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                // Where the killed leave the library of SQLite behind: it goes with this run.
                "-Dorg.sqlite.tmpdir=" + log.toAbsolutePath().getParent()));
    command.addAll(flags);
    command.addAll(List.of("-cp", classes, program.getName(), location));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    var process = builder.start();
    processes.add(process);
    return process;
  }

  /// Reads what a process acknowledges until its end.
  void follow(Process child, Consumer<String> each) {
    follow(child, each, () -> {});
  }

  /// @param atPoint when it stands at its crash point
  void follow(Process child, Consumer<String> each, Runnable atPoint) {
    try (var lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(CrashChild.ACKNOWLEDGED) && line.endsWith(".")) {
          var name = line.substring(CrashChild.ACKNOWLEDGED.length(), line.length() - 1);
          acknowledged.add(name);
          each.accept(name);
        } else if (line.equals(CrashChild.REACHED)) {
          atPoint.run();
        }
      }
    } catch (IOException _) {
      // The pipe broke with the process; what came before counts.
    }
  }

  /// The relay failed before, and the next process finds that out.
  void openCircuit() {
    look().sql("update outbox_control set failures = 1, open_until = 0, interval_ms = 0").update();
  }

  /// Counts while nobody runs, with the last death still in the database: whatever was acknowledged
  /// is there, the relay has what is said to be delivered, and what it has twice was in the window
  /// of a death, or of an answer that was lost.
  void checkAfterDeath() {
    var database = look();
    windows.addAll(
        strings(
            database,
            "select to_address from mail where state in ('COMMITTING', 'UNKNOWN') or maybe_duplicate = 1"));
    var kept = strings(database, "select to_address from mail");
    assertThat(kept).as("kept, seed " + seed).containsAll(addresses(acknowledged));
    assertThat(strings(database, WITHOUT_THE_OTHER))
        .as("a mail for each change, seed " + seed)
        .isEmpty();
    var recipients = receiver.recipients();
    assertThat(kept).as("unexpected, seed " + seed).containsAll(recipients);
    assertThat(new HashSet<>(recipients))
        .as("delivered, seed " + seed)
        .containsAll(strings(database, "select to_address from mail where state = 'DELIVERED'"));
    assertThat(windows).as("may come twice, seed " + seed).containsAll(twice(recipients));
  }

  /// Sends what is left, on a clock further ahead than that of any process, and counts: nothing
  /// acknowledged is lost, nothing is there that nobody enqueued, what came twice is flagged. Then
  /// it begins anew.
  void judge(String title, long minutesAhead) {
    try (var work = stand()) {
      work.stand.clock.pass(Duration.ofMinutes(minutesAhead));
      work.stand.outbox.sendAllWaiting(work.stand.actor());
      for (var uid : strings(work, "select uid from mail where state = 'UNKNOWN'")) {
        work.stand.outbox.retryNow(work.stand.actor(), uid);
      }
      work.workFor(Duration.ofHours(2), Duration.ofMinutes(16));
      judge(title, work);
      tally.add(acknowledged.size(), receiver.recipients(), windows.size());
      work.stand.database.write(tx ->
          Removal.mails(tx, "1 = 1", List.of())
              + tx.jdbc().sql("delete from crash_business").update());
    }
    acknowledged.clear();
    windows.clear();
    receiver.forget();
  }

  private void judge(String title, WorkerStand work) {
    var recipients = receiver.recipients();
    var delivered = new HashSet<>(recipients);
    var lost = new HashSet<>(addresses(acknowledged));
    lost.removeAll(delivered);
    var twice = twice(recipients);
    var flagged = strings(work, "select to_address from mail where maybe_duplicate = 1");
    var business = strings(work, "select name || '@tenant.test' from crash_business");
    var alone =
        strings(work, "select to_address from mail where to_address like '%-alone@tenant.test'");
    System.out.printf(
        "%s, seed %d: %d acknowledged, %d committed, %d messages, lost %d, twice %d, flagged %d%n",
        title,
        seed,
        acknowledged.size(),
        business.size(),
        recipients.size(),
        lost.size(),
        twice.size(),
        flagged.size());
    assertThat(lost).as("lost, seed " + seed).isEmpty();
    assertThat(flagged).as("flagged, seed " + seed).containsAll(twice);
    business.addAll(alone);
    assertThat(delivered).as("a mail for each change, seed " + seed).isEqualTo(business);
    assertThat(work.stand.mails.counts()).as("seed " + seed).containsOnlyKeys(MailState.DELIVERED);
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    sink.close();
  }

  /// Workers in this JVM on the same database, with the clock of the machine; their relay is the
  /// one that was saved.
  WorkerStand stand() {
    var clock = new TestClock(Clock.systemUTC());
    return new WorkerStand(
        new OutboxStand(CrashChild.open(location, _ -> {}), clock, random), LedgerSink.start());
  }

  private static Set<String> twice(List<String> recipients) {
    var twice = new HashSet<String>();
    var seen = new HashSet<String>();
    recipients.stream().filter(recipient -> !seen.add(recipient)).forEach(twice::add);
    return twice;
  }

  private static List<String> addresses(Set<String> names) {
    return names.stream().map(name -> name + "@tenant.test").toList();
  }

  JdbcClient look() {
    var jdbc = location.startsWith("jdbc:") ? location : "jdbc:sqlite:" + location;
    return JdbcClient.create(new DriverManagerDataSource(jdbc, "postern", ""));
  }

  private static Set<String> strings(JdbcClient database, String sql) {
    return new HashSet<>(database.sql(sql).query(String.class).list());
  }

  private static Set<String> strings(WorkerStand work, String sql) {
    List<String> rows =
        work.stand.database.read(tx -> tx.jdbc().sql(sql).query(String.class).list());
    return new HashSet<>(rows);
  }
}
