package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.database.PrivatePostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Processes that live and die on one database, what they acknowledged, what the sink got, and the
/// count at the end.
final class CrashRun implements AutoCloseable {
  final LedgerSink sink = LedgerSink.start();
  final long seed = Long.getLong("crash.seed", new SecureRandom().nextLong());
  final Random random = new Random(seed);
  final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final List<Process> processes = new ArrayList<>();
  private final String location;

  CrashRun(Dialect dialect, Path directory) {
    this.location =
        switch (dialect) {
          case SQLITE -> directory.resolve("postern.db").toString();
          case POSTGRESQL -> {
            var postgres = PrivatePostgres.shared();
            yield postgres.jdbc(postgres.create());
          }
        };
    try (var work = stand(LedgerSink.start())) {
      work.relay.save(sink.port(), "", "", true);
      work.stand.database.write(tx ->
          tx.jdbc().sql("create table crash_business (name varchar(64) primary key)").update());
    }
  }

  /// Starts a process whose clock is ahead.
  Process start(String name, long minutesAhead) throws IOException {
    return start(CrashChild.class, name, String.valueOf(minutesAhead));
  }

  /// Starts another program on the same database; its first argument is where that is.
  Process start(Class<?> program, String... arguments) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var command =
        new ArrayList<>(
            List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                classes,
                program.getName(),
                location));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    processes.add(process);
    return process;
  }

  /// Reads what a process acknowledges until its end.
  void follow(Process child, Consumer<String> each) {
    try (var lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(CrashChild.ACKNOWLEDGED) && line.endsWith(".")) {
          var name = line.substring(CrashChild.ACKNOWLEDGED.length(), line.length() - 1);
          acknowledged.add(name);
          each.accept(name);
        }
      }
    } catch (IOException _) {
      // The pipe broke with the process; what came before counts.
    }
  }

  /// Sends what is left, on a clock further ahead than that of any process, and counts: nothing
  /// acknowledged is lost, nothing is there that nobody enqueued, what came twice is flagged.
  void judge(String title, long minutesAhead) {
    try (var work = stand(sink)) {
      work.stand.clock.pass(Duration.ofMinutes(minutesAhead));
      work.workFor(Duration.ofHours(2), Duration.ofMinutes(16));
      judge(title, work);
    }
  }

  private void judge(String title, WorkerStand work) {
    var recipients = work.sink.recipients();
    var delivered = new HashSet<>(recipients);
    var lost = new HashSet<>(acknowledged);
    lost.removeIf(name -> delivered.contains(name + "@crash.test"));
    var twice = new HashSet<String>();
    var seen = new HashSet<String>();
    recipients.stream().filter(recipient -> !seen.add(recipient)).forEach(twice::add);
    var flagged = strings(work, "select to_address from mail where maybe_duplicate = 1");
    var business = strings(work, "select name || '@crash.test' from crash_business");
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
    assertThat(delivered).as("a mail for each change, seed " + seed).isEqualTo(business);
    assertThat(work.stand.mails.counts()).as("seed " + seed).containsOnlyKeys(MailState.DELIVERED);
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    sink.close();
  }

  /// Workers in this JVM on the same database, with the clock of the machine.
  WorkerStand stand(LedgerSink to) {
    var clock = new TestClock(Clock.systemUTC());
    return new WorkerStand(new OutboxStand(CrashChild.open(location), clock, random), to);
  }

  private static Set<String> strings(WorkerStand work, String sql) {
    List<String> rows =
        work.stand.database.read(tx -> tx.jdbc().sql(sql).query(String.class).list());
    return new HashSet<>(rows);
  }
}
