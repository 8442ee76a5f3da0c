package io.postern.console.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.database.MigratedFile;
import io.postern.console.platform.database.PrivatePostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// the instance key is changed beside processes that use it, and the former one destroyed.
@ParameterizedClass
@EnumSource
final class KeyChangeTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final Dialect dialect;
  private final SecureRandom random = new SecureRandom();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final InstantSource clock = now::get;
  private final List<String> trail = new ArrayList<>();
  @TempDir Path directory;
  private Path file;
  private Database database;

  KeyChangeTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    file = directory.resolve("key");
    database =
        switch (dialect) {
          case SQLITE -> MigratedFile.open(directory);
          case POSTGRESQL -> PrivatePostgres.shared().database();
        };
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void R522_every_value_moves_to_the_new_key_and_the_former_one_can_be_destroyed()
      throws IOException {
    var server = process();
    keep(server, 0, 250);
    var before = Files.readString(file);

    var change = change();
    var changed = change.rotate();
    assertThat(changed.renewed()).isEqualTo(250);
    assertThat(changed.lost()).isZero();
    assertThat(change.keys()).extracting(KeyChange.Known::state).containsExactly("former", "seals");
    assertThat(change.keys()).extracting(KeyChange.Known::values).containsExactly(0L, 250L);

    now.set(NOON.plus(KeyChange.SETTLED).minusMillis(1));
    assertThat(change.retire()).contains("less than a minute ago");
    now.set(NOON.plus(KeyChange.SETTLED));
    assertThat(change.retire()).isNull();
    assertThat(Files.readString(file)).hasSize(65).isNotEqualTo(before);
    assertThat(Files.exists(directory.resolve("key.new"))).isFalse();
    assertThat(change.retire()).contains("no former key");
    assertKept(process(), 250);
    assertThat(trail).hasSize(2).first().isEqualTo("Key " + changed.id() + " seals from now on");
    assertThat(trail.getLast()).endsWith(" was taken out of the key file");
  }

  @Test
  void R522_nothing_is_unreadable_while_the_key_is_changed() throws Exception {
    var server = process();
    keep(server, 0, 150);
    var done = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> reading =
          () -> {
            var rounds = 0;
            while (!done.get() || rounds == 0) {
              assertKept(server, 150);
              rounds++;
            }
            return rounds;
          };
      Callable<Integer> writing =
          () -> {
            var next = 150;
            while (!done.get() || next == 150) {
              keep(server, next, next + 1);
              next++;
            }
            return next;
          };
      var reads = threads.submit(reading);
      var writes = threads.submit(writing);
      change().rotate();
      done.set(true);
      assertThat(reads.get()).isPositive();
      var count = writes.get();

      server.watch.look();
      keep(server, count, count + 1);
      now.set(NOON.plus(KeyChange.SETTLED));
      assertThat(change().retire()).isNull();
      assertKept(process(), count + 1);
      assertKept(server, count + 1);
    }
  }

  @Test
  void R522_a_prepared_key_seals_nothing_before_it_is_used_and_is_used_once() {
    var server = process();
    keep(server, 0, 3);
    var prepared = change().prepare();
    assertThat(change().prepare()).isEqualTo(prepared);
    assertThat(change().keys())
        .extracting(KeyChange.Known::state)
        .containsExactly("seals", "coming");
    assertThat(change().rotate().id()).isEqualTo(prepared);
    // Until the former one is retired, it goes on with this change and makes no further key.
    assertThat(change().rotate()).isEqualTo(new KeyChange.Changed(prepared, 0, 0));
    assertKept(server, 3);
  }

  @Test
  void R522_a_change_that_was_interrupted_is_finished() {
    var server = process();
    keep(server, 0, 5);
    var prepared = change().prepare();
    var next = KeyFile.readOrMake(file, random).getLast();
    database.write(tx -> {
      KeyMark.change(tx, next, now.get());
      return next;
    });
    now.set(NOON.plus(KeyChange.SETTLED));
    assertThat(change().rotate()).isEqualTo(new KeyChange.Changed(prepared, 5, 0));
    assertThat(change().retire()).isNull();
    assertKept(process(), 5);
  }

  @Test
  void R522_a_value_that_was_lost_before_is_counted_and_holds_nothing_up() {
    keep(process(), 0, 2);
    var stranger = new SecretBox(new byte[32], random);
    database.write(tx -> {
      new InstanceSecrets(database, stranger, random, clock).put(tx, "value-9", new byte[] {9});
      return 0;
    });
    var changed = change().rotate();
    assertThat(changed.renewed()).isEqualTo(2);
    assertThat(changed.lost()).isEqualTo(1);
    now.set(NOON.plus(KeyChange.SETTLED));
    assertThat(change().retire()).isNull();
  }

  @Test
  void R522_a_process_that_was_held_up_asks_before_it_seals() {
    var ticks = new AtomicReference<>(0L);
    var ring = KeyMark.open(database, file, random, clock);
    try (var watch = new KeyWatch(database, file, random, ticks::get, ring)) {
      var id = change().rotate().id();
      ticks.set(KeyWatch.TRUSTED.toNanos());
      assertThat(watch.sealing().name()).isNotEqualTo(id);
      ticks.set(KeyWatch.TRUSTED.toNanos() + 1);
      assertThat(watch.sealing().name()).isEqualTo(id);
    }
  }

  @Test
  void R522_a_file_without_the_key_that_seals_is_refused() throws IOException {
    process();
    var old = Files.readString(file);
    change().rotate();
    Files.writeString(file, old);
    assertThatThrownBy(this::process)
        .isInstanceOf(UnusableSettingException.class)
        .hasMessageContaining("is not the key of this database");
  }

  /// What one process holds.
  private record Member(KeyWatch watch, InstanceSecrets secrets) {}

  private Member process() {
    var ring = KeyMark.open(database, file, random, clock);
    var watch = new KeyWatch(database, file, random, System::nanoTime, ring);
    return new Member(
        watch, new InstanceSecrets(database, new SecretBox(watch, random), random, clock));
  }

  private KeyChange change() {
    var box = new SecretBox(new byte[32], random);
    var uids = new Uid(clock, random);
    return new KeyChange(
        new Standalone(database, box, uids, clock, System::nanoTime, random),
        file,
        List.of(),
        (_, sentence) -> trail.add(sentence));
  }

  private void keep(Member process, int from, int to) {
    database.write(tx -> {
      for (var i = from; i < to; i++) {
        process.secrets().put(tx, "value-" + i, words(i));
      }
      return to;
    });
  }

  private void assertKept(Member process, int count) {
    for (var i = 0; i < count; i++) {
      var name = "value-" + i;
      assertThat(
              database.<byte[]>read(tx -> {
                var found = process.secrets().find(tx, name);
                return found == null ? new byte[0] : found;
              }))
          .as(name)
          .isEqualTo(words(i));
    }
  }

  private static byte[] words(int number) {
    return ("words " + number).getBytes(StandardCharsets.UTF_8);
  }
}
