package io.postern.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.audit.AuditLog.Fault;
import io.postern.console.audit.AuditLog.Proof;
import io.postern.console.platform.InstanceSecrets;
import io.postern.console.platform.SecretBox;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.database.MigratedFile;
import io.postern.console.platform.database.PrivatePostgres;
import io.postern.console.platform.web.Actor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// hourly signed checkpoints, and every way around them, on both databases.
@ParameterizedClass
@EnumSource
final class CheckpointsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final int CALLERS = 8;

  private final Dialect dialect;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final InstantSource clock = now::get;
  private final SecureRandom random = new SecureRandom();
  private final Audit audit = new Audit(clock, new Uid(clock, random));
  @TempDir Path directory;
  private Database database;
  private Checkpoints checkpoints;

  CheckpointsTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    database =
        switch (dialect) {
          case SQLITE -> MigratedFile.open(directory);
          case POSTGRESQL -> PrivatePostgres.shared().database();
        };
    checkpoints = under(new byte[32]);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void R570_a_checkpoint_is_taken_each_hour_in_which_something_was_written() {
    assertThat(checkpoints.takeIfDue()).as("an empty log").isNull();
    record(2);
    var first = Objects.requireNonNull(checkpoints.takeIfDue());
    assertThat(first.sequence()).isEqualTo(2);
    assertThat(first.previous()).isZero();
    assertThat(first.at()).isEqualTo(NOW);

    record(1);
    now.set(NOW.plus(Checkpoints.EVERY).minusMillis(1));
    assertThat(checkpoints.takeIfDue()).as("less than an hour").isNull();
    now.set(NOW.plus(Checkpoints.EVERY));
    var second = Objects.requireNonNull(checkpoints.takeIfDue());
    assertThat(second.sequence()).isEqualTo(3);
    assertThat(second.previous()).isEqualTo(2);

    now.set(NOW.plus(Duration.ofHours(5)));
    assertThat(checkpoints.takeIfDue()).as("nothing new").isNull();
    assertThat(proof()).isEqualTo(new Proof.Whole(3, second.hash(), 2, second));
  }

  @Test
  void R570_of_processes_that_take_one_at_once_one_does() {
    record(3);
    var taken = new ConcurrentLinkedQueue<Checkpoint>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var caller = 0; caller < CALLERS; caller++) {
        threads.execute(() -> {
          var mine = under(new byte[32]).takeIfDue();
          if (mine != null) {
            taken.add(mine);
          }
        });
      }
    }
    assertThat(taken).hasSize(1);
    assertThat(proof()).isInstanceOf(Proof.Whole.class);
  }

  @Test
  void R570_a_log_that_was_written_anew_from_end_to_end_is_found_without_an_anchor() {
    threeHours();
    tamper("delete from audit_entry");
    tamper("update audit_head set sequence = 0, hash = ''");
    record(7);
    assertThat(chainAlone()).isInstanceOf(Proof.Whole.class);
    assertThat(proof()).isEqualTo(new Proof.Broken(2, Fault.REWRITTEN));
  }

  @Test
  void R570_a_log_that_was_cut_and_its_end_mended_is_found() {
    threeHours();
    cutAfter(5);
    assertThat(chainAlone()).isInstanceOf(Proof.Whole.class);
    assertThat(proof()).isEqualTo(new Proof.Broken(6, Fault.CUT));
  }

  @Test
  void R570_an_emptied_log_whose_end_was_mended_is_found() {
    threeHours();
    cutAfter(0);
    assertThat(proof()).isEqualTo(new Proof.Broken(1, Fault.CUT));
  }

  @Test
  void R570_an_edited_entry_is_found_with_checkpoints_as_without() {
    threeHours();
    tamper("update audit_entry set sentence = 'nothing' where sequence = 3");
    assertThat(proof()).isEqualTo(new Proof.Broken(3, Fault.CHANGED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hash = replace(hash, substr(hash, 1, 8), '00000000')",
        "at = at + 1",
        "previous = 0",
        "sequence = 3",
        "key_id = '0123456789abcdef'",
        "signature = replace(signature, substr(signature, 1, 8), '00000000')",
        "signature = ''",
        "signature = 'no signature'"
      })
  void R570_a_checkpoint_that_was_changed_is_found(String change) {
    threeHours();
    tamper("update audit_checkpoint set " + change + " where sequence = 4");
    assertThat(proof())
        .isEqualTo(new Proof.Broken(change.startsWith("sequence") ? 3 : 4, Fault.UNSIGNED));
  }

  @Test
  void R570_a_checkpoint_that_was_made_up_is_found() {
    threeHours();
    tamper(
        "insert into audit_checkpoint select 99, hash, at, 6, key_id, signature from audit_checkpoint where sequence = 6");
    assertThat(proof()).isEqualTo(new Proof.Broken(99, Fault.UNSIGNED));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void R570_a_checkpoint_that_was_removed_is_found(int sequence) {
    threeHours();
    tamper("delete from audit_checkpoint where sequence = " + sequence);
    assertThat(proof()).isEqualTo(new Proof.Broken(sequence + 2, Fault.CHECKPOINT_MISSING));
  }

  /// What checkpoints cannot show: the newest of them, removed with all that followed the one
  /// before. That is what the anchor is for.
  @Test
  void R570_a_log_cut_with_its_newest_checkpoint_is_found_by_an_anchor() {
    threeHours();
    var whole = (Proof.Whole) proof();
    var anchor = new AuditLog.Anchor(whole.entries(), whole.hash());
    tamper("delete from audit_checkpoint where sequence = 6");
    cutAfter(4);
    assertThat(proof()).isInstanceOf(Proof.Whole.class);
    assertThat(proof(anchor, own())).isEqualTo(new Proof.Broken(5, Fault.CUT));
  }

  @Test
  void R570_signatures_of_another_key_do_not_count() {
    threeHours();
    var real = own();
    // Somebody with the database, but another instance key, writes everything anew.
    tamper("delete from audit_checkpoint");
    tamper("delete from instance_secret");
    cutAfter(2);
    var forger = under(new byte[] {7});
    assertThat(forger.takeIfDue()).isNotNull();

    assertThat(database.<@Nullable CheckpointPublicKey>read(checkpoints::key))
        .as("what the real key does not open")
        .isNull();
    assertThat(proof(null, List.of())).isEqualTo(new Proof.Broken(2, Fault.UNSIGNED));
    assertThat(proof(null, real)).isEqualTo(new Proof.Broken(2, Fault.UNSIGNED));
  }

  @Test
  void R570_the_exported_key_proves_a_checkpoint_in_other_hands() throws Exception {
    record(1);
    var taken = Objects.requireNonNull(checkpoints.takeIfDue());
    var pem = own().getFirst().pem();
    var body = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
    var key =
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(body)));
    var signature = Signature.getInstance("Ed25519");
    signature.initVerify(key);
    var lines =
        "postern audit checkpoint 1\n1\n%s\n%d\n0\n".formatted(taken.hash(), NOW.toEpochMilli());
    signature.update(lines.getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(HexFormat.of().parseHex(taken.signature()))).isTrue();

    var read = CheckpointPublicKey.ofPem("# two of them\n" + pem + pem);
    assertThat(read)
        .extracting(CheckpointPublicKey::id)
        .containsExactly(taken.keyId(), taken.keyId());
    assertThat(CheckpointPublicKey.ofPem("none")).isNull();
    assertThat(CheckpointPublicKey.ofPem(pem.replace("MCow", "MCox"))).isNull();
  }

  @Test
  void R570_the_key_survives_and_is_sealed() {
    record(1);
    checkpoints.takeIfDue();
    var id = own().getFirst().id();
    record(1);
    now.set(NOW.plus(Checkpoints.EVERY));
    var again = under(new byte[32]);
    assertThat(Objects.requireNonNull(again.takeIfDue()).keyId()).isEqualTo(id);
    assertThat(proof()).isInstanceOf(Proof.Whole.class);
  }

  /// Entries 1 to 6, with checkpoints at 2, 4 and 6.
  private void threeHours() {
    for (var hour = 0; hour < 3; hour++) {
      now.set(NOW.plus(Duration.ofHours(hour)));
      record(2);
      assertThat(checkpoints.takeIfDue()).isNotNull();
    }
  }

  private void record(int entries) {
    for (var number = 0; number < entries; number++) {
      database.write(tx ->
          audit.record(
              tx,
              Actor.system(NOW),
              Audit.Action.UPDATE,
              new Audit.Object("smtp", "", "SMTP configuration"),
              "entry"));
    }
  }

  /// As somebody would who knows how the end is kept.
  private void cutAfter(int sequence) {
    tamper("delete from audit_entry where sequence > " + sequence);
    tamper(
        "update audit_head set sequence = %1$d, hash = coalesce((select hash from audit_entry where sequence = %1$d), '')"
            .formatted(sequence));
  }

  private Checkpoints under(byte[] instanceKey) {
    var whole = java.util.Arrays.copyOf(instanceKey, 32);
    var secrets = new InstanceSecrets(database, new SecretBox(whole, random), random, clock);
    return new Checkpoints(database, secrets, clock);
  }

  private List<CheckpointPublicKey> own() {
    return List.of(
        Objects.requireNonNull(database.<@Nullable CheckpointPublicKey>read(checkpoints::key)));
  }

  private Proof chainAlone() {
    return database.read(tx -> new AuditLog().prove(tx));
  }

  private Proof proof() {
    return proof(null, own());
  }

  private Proof proof(AuditLog.@Nullable Anchor anchor, List<CheckpointPublicKey> keys) {
    return database.read(tx -> new AuditLog().prove(tx, anchor, checkpoints, keys));
  }

  private void tamper(String sql) {
    database.write(tx -> tx.jdbc().sql(sql).update());
  }
}
