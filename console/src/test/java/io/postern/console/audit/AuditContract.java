package io.postern.console.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Role;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// the log is a chain, and every way to tamper with it shows. One subclass per database.
abstract class AuditContract {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final InstantSource clock = now::get;
  private final Audit audit = new Audit(clock, new Uid(clock, new SecureRandom()));
  private final AuditLog log = new AuditLog();

  abstract Database database();

  @Test
  void R570_entries_come_back_newest_first_with_everything_that_was_recorded() {
    record("first");
    record("second");

    var entries = database().read(tx -> log.entries(tx, AuditFilter.ALL, 10));

    assertThat(entries).extracting(AuditEntry::sentence).containsExactly("second", "first");
    assertThat(entries.getFirst().who().address()).isEqualTo("local");
    assertThat(entries.getFirst().at()).isEqualTo(NOW);
    assertThat(proof()).satisfies(AuditContract::isWholeWithTwo);
  }

  @Test
  void R570_rolled_back_work_leaves_no_entry_and_no_gap() {
    record("kept");
    assertThatThrownBy(() ->
            database()
                .write(tx -> {
                  audit.record(tx, actor(), Audit.Action.UPDATE, object(), "lost");
                  throw new IllegalStateException("rolled back");
                }))
        .hasMessage("rolled back");
    record("kept too");

    assertThat(proof()).satisfies(AuditContract::isWholeWithTwo);
  }

  @Test
  void filter_finds_text_literally_in_any_case() {
    record("Relay changed by 100%");
    record("Tenant created");

    var found =
        database().read(tx -> log.entries(tx, AuditFilter.ALL.text("relay CHANGED by 100%"), 5));

    assertThat(found).extracting(AuditEntry::sentence).containsExactly("Relay changed by 100%");
    assertThat(database().<Long>read(tx -> log.count(tx, AuditFilter.ALL.text("%")))).isEqualTo(1);
  }

  @Test
  void R570_an_edited_entry_is_found() {
    threeEntries();
    tamper("update audit_entry set sentence = 'nothing happened' where sequence = 2");
    assertThat(proof()).isEqualTo(broken(2, AuditLog.Fault.CHANGED));
  }

  @Test
  void R570_a_removed_entry_is_found() {
    threeEntries();
    tamper("delete from audit_entry where sequence = 2");
    assertThat(proof()).isEqualTo(broken(2, AuditLog.Fault.MISSING));
  }

  @Test
  void R570_swapped_entries_are_found() {
    threeEntries();
    tamper("update audit_entry set sequence = 99 where sequence = 2");
    tamper("update audit_entry set sequence = 2 where sequence = 3");
    tamper("update audit_entry set sequence = 3 where sequence = 99");
    assertThat(proof()).isEqualTo(broken(2, AuditLog.Fault.CHANGED));
  }

  @Test
  void R570_a_cut_off_tail_is_found() {
    threeEntries();
    tamper("delete from audit_entry where sequence = 3");
    assertThat(proof()).isEqualTo(broken(3, AuditLog.Fault.CUT));
  }

  @Test
  void R570_an_emptied_log_is_found() {
    threeEntries();
    tamper("delete from audit_entry");
    assertThat(proof()).isEqualTo(broken(1, AuditLog.Fault.CUT));
  }

  @Test
  void an_entry_that_was_slipped_in_at_the_end_is_found_although_its_hash_is_right() {
    threeEntries();
    forge(4);
    assertThat(proof()).isEqualTo(broken(4, AuditLog.Fault.INSERTED));
  }

  @Test
  void an_entry_that_was_slipped_in_before_the_first_is_found() {
    threeEntries();
    forge(-7);
    assertThat(proof()).isEqualTo(broken(-7, AuditLog.Fault.INSERTED));
  }

  @Test
  void an_action_that_nobody_knows_is_shown_and_found() {
    threeEntries();
    tamper("update audit_entry set action = 'NOTHING' where sequence = 1");
    var entries = database().read(tx -> log.entries(tx, AuditFilter.ALL, 10));
    assertThat(entries.getLast().action()).isEqualTo(Audit.Action.UNKNOWN);
    assertThat(proof()).isEqualTo(broken(1, AuditLog.Fault.CHANGED));
  }

  @Test
  void an_end_that_was_bent_is_found() {
    threeEntries();
    tamper("update audit_head set hash = 'feed'");
    assertThat(proof()).isEqualTo(broken(3, AuditLog.Fault.CHANGED));
  }

  @Test
  void R570_a_log_that_was_written_anew_is_whole_but_not_by_its_anchor() {
    threeEntries();
    var anchor = new AuditLog.Anchor(3, ((AuditLog.Proof.Whole) proof()).hash());
    assertThat(proof(anchor)).isInstanceOf(AuditLog.Proof.Whole.class);

    tamper("delete from audit_entry");
    tamper("update audit_head set sequence = 0, hash = ''");
    record("first");
    record("nothing to see");
    assertThat(proof()).isInstanceOf(AuditLog.Proof.Whole.class);
    assertThat(proof(anchor)).isEqualTo(broken(3, AuditLog.Fault.CUT));
    record("third");
    assertThat(proof(anchor)).isEqualTo(broken(3, AuditLog.Fault.REWRITTEN));
  }

  @Test
  void more_entries_than_are_read_at_once_are_proved_to_the_last() {
    for (var i = 0; i < 1001; i++) {
      record("entry");
    }
    assertThat(proof()).isInstanceOf(AuditLog.Proof.Whole.class);
    tamper("update audit_entry set sentence = 'other' where sequence = 1001");
    assertThat(proof()).isEqualTo(broken(1001, AuditLog.Fault.CHANGED));
  }

  @Test
  void filters_narrow_by_actor_object_action_and_time() {
    threeEntries();
    assertThat(count(AuditFilter.ALL.who("LOCAL"))).isEqualTo(3);
    assertThat(count(AuditFilter.ALL.who("somebody"))).isZero();
    assertThat(count(AuditFilter.ALL.what("second"))).isEqualTo(1);
    assertThat(count(AuditFilter.ALL.what("SMTP conf"))).isEqualTo(3);
    assertThat(count(AuditFilter.ALL.actor("system").kind("smtp").object(""))).isEqualTo(3);
    assertThat(count(AuditFilter.ALL.kind("tenant"))).isZero();
    assertThat(count(AuditFilter.ALL.actions(List.of(Audit.Action.UPDATE)))).isEqualTo(3);
    assertThat(count(AuditFilter.ALL.actions(List.of()))).isZero();
    assertThat(count(AuditFilter.ALL.since(NOW).until(NOW.plusMillis(1)))).isEqualTo(3);
    assertThat(count(AuditFilter.ALL.since(NOW.plusMillis(1)))).isZero();
    assertThat(count(AuditFilter.ALL.until(NOW))).isZero();
    assertThat(count(AuditFilter.ALL.before(3))).isEqualTo(2);
  }

  @Test
  void R570_concurrent_writers_make_one_chain() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 100; i++) {
        threads.execute(() -> record("at once"));
      }
    }
    assertThat(proof())
        .isInstanceOfSatisfying(
            AuditLog.Proof.Whole.class, whole -> assertThat(whole.entries()).isEqualTo(100));
  }

  @Test
  void R571_ten_refusals_of_an_account_are_written_in_a_minute_and_the_tenth_says_so() {
    for (var number = 0; number < Audit.REFUSALS_MAX; number++) {
      refuse(actor());
    }
    assertThat(refusals()).isEqualTo(10);
    var newest = database().read(tx -> log.entries(tx, AuditFilter.ALL, 2));
    assertThat(newest.getFirst().sentence())
        .isEqualTo("Refused: x; more of them are not written down for a minute");
    assertThat(newest.getLast().sentence()).isEqualTo("Refused: x");
    refuse(actor());
    assertThat(refusals()).as("the eleventh").isEqualTo(10);

    refuse(new Actor("other", "other@example.com", Role.ACCOUNTS, null, NOW, "local"));
    assertThat(refusals()).as("another account").isEqualTo(11);
    now.set(NOW.plus(Audit.REFUSALS_IN).minusMillis(1));
    refuse(actor());
    assertThat(refusals()).as("still the same minute").isEqualTo(11);
    now.set(NOW.plus(Audit.REFUSALS_IN));
    refuse(actor());
    assertThat(refusals()).as("the next minute").isEqualTo(12);
    assertThat(proof()).isInstanceOf(AuditLog.Proof.Whole.class);
  }

  @Test
  void R571_refusals_at_once_are_not_more_than_ten() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var number = 0; number < 5 * Audit.REFUSALS_MAX; number++) {
        threads.execute(() -> refuse(actor()));
      }
    }
    assertThat(refusals()).isEqualTo(Audit.REFUSALS_MAX);
  }

  private void refuse(Actor actor) {
    database()
        .write(tx -> {
          audit.refused(tx, actor, object(), "Refused: x");
          return true;
        });
  }

  private long refusals() {
    return count(AuditFilter.ALL.actions(List.of(Audit.Action.REFUSED)));
  }

  private static void isWholeWithTwo(AuditLog.Proof proof) {
    assertThat(proof)
        .isInstanceOfSatisfying(
            AuditLog.Proof.Whole.class, whole -> assertThat(whole.entries()).isEqualTo(2));
  }

  private static AuditLog.Proof broken(long sequence, AuditLog.Fault fault) {
    return new AuditLog.Proof.Broken(sequence, fault);
  }

  /// Writes an entry as somebody would who knows how hashes are made, but leaves the end alone.
  private void forge(long sequence) {
    var last = database().read(tx -> log.entries(tx, AuditFilter.ALL, 1)).getFirst();
    var entry =
        new AuditEntry(
            sequence,
            "forged",
            NOW,
            new AuditEntry.Who("system", "system", "local"),
            Audit.Action.UPDATE,
            object(),
            "forged",
            last.hash());
    tamper(
        "insert into audit_entry values (%d, 'forged', %d, 'system', 'system', 'local', 'UPDATE', 'smtp', '', 'SMTP configuration', 'forged', '%s', '%s')"
            .formatted(sequence, NOW.toEpochMilli(), last.hash(), entry.hash()));
  }

  private long count(AuditFilter filter) {
    return database().<Long>read(tx -> log.count(tx, filter));
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

  private AuditLog.Proof proof(AuditLog.Anchor anchor) {
    return database().read(tx -> log.prove(tx, new Witnesses(anchor, List.of(), List.of())));
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
