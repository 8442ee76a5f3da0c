package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.MigratedFile;
import io.postern.console.platform.database.PrivatePostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R-527, T-812: yesterday's backup is put back with the commands of docs/operating/back-up.md.
final class RestoreWatchTest {
  private final TestClock clock = new TestClock();
  @TempDir Path directory;
  private Path data;
  private Path backup;

  @BeforeEach
  void places() throws IOException {
    data = Files.createDirectory(directory.resolve("data"));
    backup = directory.resolve("backup.db");
  }

  @Test
  void R527_a_backup_put_back_into_the_same_directory_starts_paused_and_sends_nothing()
      throws IOException {
    try (var work = served(sqlite(data), data)) {
      yesterday(work);
      copyTo(backup);
      work.work();
      assertThat(work.sink.taken()).hasSize(2);
      stop(work, data);
    }
    Files.copy(backup, data.resolve("postern.db"), StandardCopyOption.REPLACE_EXISTING);

    try (var work = served(sqlite(data), data)) {
      isPausedAndSendsNothing(work);
      letGo(work);
    }
  }

  @Test
  void R527_a_backup_put_into_an_empty_directory_starts_paused() throws IOException {
    try (var work = served(sqlite(data), data)) {
      yesterday(work);
      copyTo(backup);
    }
    var empty = Files.createDirectory(directory.resolve("empty"));
    Files.copy(backup, empty.resolve("postern.db"));

    try (var work = served(sqlite(empty), empty)) {
      isPausedAndSendsNothing(work);
    }
  }

  @Test
  void R527_after_a_process_that_was_killed_a_backup_from_before_its_mail_is_recognized()
      throws IOException {
    try (var work = served(sqlite(data), data)) {
      yesterday(work);
      copyTo(backup);
      work.work();
      // A minute later; no stop follows.
      watch(work, data).stop();
    }
    Files.copy(backup, data.resolve("postern.db"), StandardCopyOption.REPLACE_EXISTING);

    try (var work = served(sqlite(data), data)) {
      isPausedAndSendsNothing(work);
    }
  }

  @Test
  void R526_the_file_beside_the_database_is_nobody_elses() throws IOException {
    try (var work = served(sqlite(data), data)) {
      yesterday(work);
    }
    var file = data.resolve("outbox.life");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void what_was_not_put_back_is_not_paused_whatever_happened_between_its_lives()
      throws IOException {
    try (var work = served(sqlite(data), data)) {
      yesterday(work);
    }
    // Killed between the mark in the database and the one beside it, twice.
    for (var life = 0; life < 2; life++) {
      var before = Files.readString(data.resolve("outbox.life"));
      try (var work = served(sqlite(data), data)) {
        assertThat(work.stand.mails.health().paused()).isFalse();
      }
      Files.writeString(data.resolve("outbox.life"), before);
    }
    var moved = directory.resolve("moved");
    Files.move(data, moved);
    try (var work = served(sqlite(moved), moved)) {
      assertThat(work.stand.mails.health().paused()).isFalse();
      work.work();
      assertThat(work.sink.taken()).hasSize(2);
    }
  }

  @Test
  void R527_a_dump_put_back_into_the_same_database_starts_paused() throws Exception {
    var postgres = PrivatePostgres.shared();
    var name = postgres.create();
    var dump = directory.resolve("postern.dump").toString();
    try (var work = served(postgres.open(name), data)) {
      yesterday(work);
      assertThat(postgres.run("pg_dump", name, "--format=custom", "--file=" + dump)).isZero();
      work.work();
      assertThat(work.sink.taken()).hasSize(2);
      stop(work, data);
    }
    try (var work = served(postgres.open(name), data)) {
      assertThat(work.stand.mails.health().paused()).isFalse();
    }
    assertThat(postgres.run("pg_restore", name, "--clean", "--if-exists", dump)).isZero();

    try (var work = served(postgres.open(name), data)) {
      isPausedAndSendsNothing(work);
      letGo(work);
    }
    try (var work = served(postgres.open(name), data)) {
      assertThat(work.stand.mails.health().paused()).isFalse();
    }
  }

  @Test
  void a_pause_by_hand_is_not_ended_by_send_all_waiting_mail() throws IOException {
    try (var work = served(sqlite(data), data)) {
      work.stand.outbox.pause(work.stand.actor(), true);
      work.stand.outbox.sendAllWaiting(work.stand.actor());
      assertThat(work.stand.mails.health().paused()).isTrue();
      assertThat(work.stand.mails.health().restored()).isFalse();
    }
  }

  private static Database sqlite(Path directory) {
    return MigratedFile.open(directory);
  }

  private WorkerStand served(Database database, Path directory) {
    var work = new WorkerStand(new OutboxStand(database, clock, new Random()), LedgerSink.start());
    watch(work, directory).start();
    work.signIn("", "");
    return work;
  }

  private static RestoreWatch watch(WorkerStand work, Path directory) {
    return new RestoreWatch(work.stand.parts, work.stand.audit, directory);
  }

  private static void stop(WorkerStand work, Path directory) {
    watch(work, directory).stop();
  }

  private static void yesterday(WorkerStand work) {
    work.stand.enqueue("ada@tenant.test");
    work.stand.enqueue("bob@tenant.test");
  }

  private void copyTo(Path file) throws IOException {
    try (var connection =
            java.sql.DriverManager.getConnection("jdbc:sqlite:" + data.resolve("postern.db"));
        var statement = connection.createStatement()) {
      statement.execute("backup to " + file);
    } catch (java.sql.SQLException e) {
      throw new IOException(e);
    }
  }

  private static void isPausedAndSendsNothing(WorkerStand work) {
    var health = work.stand.mails.health();
    assertThat(health.paused()).isTrue();
    assertThat(health.restored()).isTrue();
    assertThat(work.worker.step()).isFalse();
    assertThat(work.sink.taken()).isEmpty();
    assertThat(work.stand.mails.list(new Mails.Filter(null, "", 0, 50)).mails())
        .hasSize(2)
        .allMatch(QueuedMail::maybeDuplicate);
    assertThat(
            new VitalSigns(work.stand.parts, work.relay.settings(), work.stand.outbox)
                .now()
                .alarm())
        .contains("backup");
  }

  private static void letGo(WorkerStand work) {
    assertThat(work.stand.outbox.sendAllWaiting(work.stand.actor())).isEqualTo(2);
    assertThat(work.stand.mails.health().paused()).isFalse();
    work.work();
    assertThat(work.sink.taken()).hasSize(2);
  }
}
