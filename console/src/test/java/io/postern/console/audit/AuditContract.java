package io.postern.console.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// the log is a chain, and every way to tamper with it shows. One subclass per database.
abstract class AuditContract {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final InstantSource clock = InstantSource.fixed(NOW);
  private final Audit audit = new Audit(clock, new Uid(clock, new SecureRandom()));
  private final AuditLog log = new AuditLog();

  abstract Database database();

  @Test
  void entries_come_back_newest_first_with_everything_that_was_recorded() {
    record("first");
    record("second");

    var entries = database().read(tx -> log.entries(tx, AuditLog.Filter.ALL, 10));

    assertThat(entries).extracting(AuditEntry::sentence).containsExactly("second", "first");
    assertThat(entries.getFirst().who().address()).isEqualTo("local");
    assertThat(entries.getFirst().at()).isEqualTo(NOW);
    assertThat(proof()).isEqualTo(new AuditLog.Proof.Whole(2));
  }

  @Test
  void rolled_back_work_leaves_no_entry_and_no_gap() {
    record("kept");
    assertThatThrownBy(() ->
            database()
                .write(tx -> {
                  audit.record(tx, actor(), Audit.Action.UPDATE, object(), "lost");
                  throw new IllegalStateException("rolled back");
                }))
        .hasMessage("rolled back");
    record("kept too");

    assertThat(proof()).isEqualTo(new AuditLog.Proof.Whole(2));
  }

  @Test
  void filter_finds_text_literally_in_any_case() {
    record("Relay changed by 100%");
    record("Tenant created");

    var found =
        database()
            .read(
                tx -> log.entries(tx, new AuditLog.Filter("relay CHANGED by 100%", null, null), 5));

    assertThat(found).extracting(AuditEntry::sentence).containsExactly("Relay changed by 100%");
    assertThat(database().<Long>read(tx -> log.count(tx, new AuditLog.Filter("%", null, null))))
        .isEqualTo(1);
  }

  @Test
  void an_edited_entry_is_found() {
    threeEntries();
    tamper("update audit_entry set sentence = 'nothing happened' where sequence = 2");
    assertThat(proof()).isEqualTo(new AuditLog.Proof.Broken(2, "Entry 2 is not what was written."));
  }

  @Test
  void a_removed_entry_is_found() {
    threeEntries();
    tamper("delete from audit_entry where sequence = 2");
    assertThat(proof()).isEqualTo(new AuditLog.Proof.Broken(2, "Entry 2 is missing."));
  }

  @Test
  void swapped_entries_are_found() {
    threeEntries();
    tamper("update audit_entry set sequence = 99 where sequence = 2");
    tamper("update audit_entry set sequence = 2 where sequence = 3");
    tamper("update audit_entry set sequence = 3 where sequence = 99");
    assertThat(proof()).isEqualTo(new AuditLog.Proof.Broken(2, "Entry 2 is not what was written."));
  }

  @Test
  void a_cut_off_tail_is_found() {
    threeEntries();
    tamper("delete from audit_entry where sequence = 3");
    assertThat(proof()).isEqualTo(new AuditLog.Proof.Broken(3, "Entries after 2 are missing."));
  }

  @Test
  void concurrent_writers_make_one_chain() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 100; i++) {
        threads.execute(() -> record("at once"));
      }
    }
    assertThat(proof()).isEqualTo(new AuditLog.Proof.Whole(100));
  }

  private void threeEntries() {
    record("first");
    record("second");
    record("third");
  }

  private String record(String sentence) {
    return database()
        .write(tx -> audit.record(tx, actor(), Audit.Action.UPDATE, object(), sentence));
  }

  private AuditLog.Proof proof() {
    return database().read(log::prove);
  }

  private void tamper(String sql) {
    database().write(tx -> tx.jdbc().sql(sql).update());
  }

  private static Actor actor() {
    return Actor.system(NOW);
  }

  private static Audit.Object object() {
    return new Audit.Object("smtp", "", "SMTP configuration");
  }
}
