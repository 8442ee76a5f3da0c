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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// T-801: a process that enqueues and delivers is killed (SIGKILL) again and again, at random and
/// at the worst moments. Afterwards nothing acknowledged is lost, nothing is there that nobody
/// enqueued, and whatever came twice is flagged.
///
/// `-Dcrash.cycles=1000` makes it longer; the seed is printed with every failure.
@ParameterizedClass
@EnumSource
final class CrashTest {
  private static final int CYCLES =
      Integer.getInteger("crash.cycles", "true".equals(System.getenv("CI")) ? 10 : 3);

  private final Dialect dialect;
  private final long seed = new SecureRandom().nextLong();
  private final Random random = new Random(seed);
  private final Set<String> acknowledged = new HashSet<>();
  @TempDir Path directory;

  CrashTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @Test
  void r701_nothing_acknowledged_is_lost_and_every_duplicate_is_flagged() throws Exception {
    var location = location();
    try (var sink = LedgerSink.start()) {
      prepare(location, sink);
      for (var cycle = 1; cycle <= CYCLES; cycle++) {
        live(location, sink, cycle);
      }
      try (var work = stand(location, sink)) {
        work.stand.clock.pass(Duration.ofMinutes(20L * CYCLES + 2));
        work.workFor(Duration.ofHours(2), Duration.ofMinutes(16));
        judge(work);
      }
    }
  }

  private void judge(WorkerStand work) {
    var recipients = work.sink.recipients();
    var delivered = new HashSet<>(recipients);
    var lost = new ArrayList<String>();
    for (var name : acknowledged) {
      if (!delivered.contains(name + "@crash.test")) {
        lost.add(name);
      }
    }
    var twice = new HashSet<String>();
    var seen = new HashSet<String>();
    recipients.stream().filter(recipient -> !seen.add(recipient)).forEach(twice::add);
    var flagged = strings(work, "select to_address from mail where maybe_duplicate = 1");
    var business = strings(work, "select name from crash_business");
    System.out.printf(
        "%s: %d cycles, seed %d: %d acknowledged, %d committed, %d messages, lost %d, twice %d, flagged %d%n",
        dialect,
        CYCLES,
        seed,
        acknowledged.size(),
        business.size(),
        recipients.size(),
        lost.size(),
        twice.size(),
        flagged.size());
    assertThat(lost).as("lost, seed " + seed).isEmpty();
    assertThat(flagged).as("flagged, seed " + seed).containsAll(twice);
    assertThat(delivered)
        .as("one mail for each business change, seed " + seed)
        .hasSize(business.size())
        .allMatch(recipient -> business.contains(recipient.replace("@crash.test", "")));
    assertThat(work.stand.mails.counts()).as("seed " + seed).containsOnlyKeys(MailState.DELIVERED);
  }

  /// One life: it is killed after some acknowledgements, or while a reply to a final dot is on its
  /// way.
  private void live(String location, LedgerSink sink, int cycle) throws Exception {
    var child = start(location, cycle);
    var killAtMessage = random.nextBoolean();
    var left = new AtomicInteger(1 + random.nextInt(60));
    sink.beforeReply(() -> {
      if (killAtMessage && left.decrementAndGet() == 0) {
        child.destroyForcibly();
      }
    });
    try (var names =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = names.readLine(); line != null; line = names.readLine()) {
        if (!line.startsWith(CrashChild.ACKNOWLEDGED) || !line.endsWith(".")) {
          continue;
        }
        acknowledged.add(line.substring(CrashChild.ACKNOWLEDGED.length(), line.length() - 1));
        if (!killAtMessage && left.decrementAndGet() == 0) {
          child.destroyForcibly();
        }
      }
    } catch (IOException _) {
      // The pipe broke with the process; what came before counts.
    }
    assertThat(child.waitFor()).isEqualTo(128 + 9);
    sink.beforeReply(() -> {});
  }

  private Process start(String location, int cycle) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            classes,
            CrashChild.class.getName(),
            location,
            "life" + cycle,
            String.valueOf(20 * cycle))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private void prepare(String location, LedgerSink sink) {
    try (var work = stand(location, LedgerSink.start())) {
      work.relay.save(sink.port(), "", "", true);
      work.stand.database.write(tx ->
          tx.jdbc().sql("create table crash_business (name varchar(64) primary key)").update());
    }
  }

  private WorkerStand stand(String location, LedgerSink sink) {
    var clock = new TestClock(Clock.systemUTC());
    return new WorkerStand(new OutboxStand(CrashChild.open(location), clock, random), sink);
  }

  private String location() {
    return switch (dialect) {
      case SQLITE -> directory.resolve("postern.db").toString();
      case POSTGRESQL -> {
        var postgres = PrivatePostgres.shared();
        yield postgres.jdbc(postgres.create());
      }
    };
  }

  private static Set<String> strings(WorkerStand work, String sql) {
    List<String> rows =
        work.stand.database.read(tx -> tx.jdbc().sql(sql).query(String.class).list());
    return new HashSet<>(rows);
  }
}
