package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What an operator can do to a mail, what time does to it, and what the lists show.
@ParameterizedClass
@EnumSource
final class OperatorTest {
  private final Dialect dialect;
  @TempDir Path directory;
  private OutboxStand stand;

  OperatorTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    stand = OutboxStand.on(dialect, directory);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void a_waiting_mail_can_be_cancelled_and_is_not_sent() {
    var uid = stand.enqueue("ada@tenant.test");

    assertThat(stand.outbox.cancel(stand.actor(), uid)).isTrue();

    assertThat(stand.state(uid)).isEqualTo(MailState.CANCELLED);
    assertThat(stand.lease("one", 1)).isEmpty();
    assertThat(sentences()).containsExactly("Cancelled.");
  }

  @Test
  void a_mail_on_the_wire_can_be_neither_cancelled_nor_sent_again() {
    var uid = stand.enqueue("ada@tenant.test");
    stand.committing(stand.lease("one", 1).getFirst(), "one");

    assertThat(stand.outbox.cancel(stand.actor(), uid)).isFalse();
    assertThat(stand.outbox.retryNow(stand.actor(), uid)).isFalse();
    assertThat(stand.state(uid)).isEqualTo(MailState.COMMITTING);
    assertThat(sentences()).isEmpty();
  }

  @Test
  void retry_now_makes_a_mail_due_at_once() {
    var uid = waitsFor(Duration.ofMinutes(30), MailState.RETRY_WAIT);

    assertThat(stand.outbox.retryNow(stand.actor(), uid)).isTrue();

    assertThat(stand.lease("two", 1)).extracting(QueuedMail::uid).containsExactly(uid);
    assertThat(sentences()).containsExactly("Asked to be sent now.");
  }

  @Test
  void retry_now_brings_a_failed_mail_back() {
    var uid = waitsFor(Duration.ZERO, MailState.FAILED);

    assertThat(stand.outbox.retryNow(stand.actor(), uid)).isTrue();
    assertThat(stand.state(uid)).isEqualTo(MailState.QUEUED);
  }

  @Test
  void R736_retry_now_does_not_send_a_mail_whose_time_is_over() {
    var uid = waitsFor(Duration.ZERO, MailState.FAILED);
    stand.clock.pass(Duration.ofHours(1));

    assertThat(stand.outbox.retryNow(stand.actor(), uid)).isFalse();
    assertThat(stand.state(uid)).isEqualTo(MailState.FAILED);
  }

  @Test
  void R736_a_mail_expires_when_its_time_is_over_and_not_before() {
    var uid = stand.enqueue("ada@tenant.test");
    stand.clock.pass(Duration.ofMinutes(60).minusMillis(1));
    assertThat(stand.expire()).isZero();

    stand.clock.pass(Duration.ofMillis(1));

    assertThat(stand.lease("one", 1)).isEmpty();
    assertThat(stand.expire()).isEqualTo(1);
    assertThat(stand.state(uid)).isEqualTo(MailState.EXPIRED);
    assertThat(stand.find(uid).reason()).contains("Send a new one");
  }

  @Test
  void R720_an_expired_mail_of_unknown_outcome_does_not_claim_that_it_never_arrived() {
    var uid = stand.enqueue("ada@tenant.test");
    stand.committing(stand.lease("dead", 1).getFirst(), "dead");
    stand.clock.pass(Duration.ofHours(2));
    stand.recover();

    assertThat(stand.expire()).isEqualTo(1);
    assertThat(stand.find(uid).reason()).contains("may have");
  }

  @Test
  void R720_a_mail_that_waits_again_after_an_unknown_outcome_still_may_have_arrived() {
    var uid = stand.enqueue("ada@tenant.test");
    stand.committing(stand.lease("dead", 1).getFirst(), "dead");
    stand.clock.pass(OutboxStand.LEASE.plusSeconds(1));
    stand.recover();
    stand.clock.pass(RetryPlan.AFTER_UNKNOWN);
    assertThat(stand.lease("also dead", 1)).hasSize(1);
    stand.clock.pass(Duration.ofHours(2));
    stand.recover();
    assertThat(stand.state(uid)).isEqualTo(MailState.RETRY_WAIT);

    assertThat(stand.expire()).isEqualTo(1);
    assertThat(stand.find(uid).reason()).contains("may have");
  }

  @Test
  void waiting_mails_of_a_deleted_tenant_are_cancelled_and_others_stay() {
    var theirs = stand.enqueue(ofTenant("t1"));
    var others = stand.enqueue(ofTenant("t2"));

    assertThat(stand.database.<Integer>write(tx -> stand.outbox.cancelFor(tx, "t1"))).isEqualTo(1);

    assertThat(stand.state(theirs)).isEqualTo(MailState.CANCELLED);
    assertThat(stand.state(others)).isEqualTo(MailState.QUEUED);
  }

  @Test
  void removed_tenants_leave_neither_mail_nor_history() {
    var uid = stand.enqueue(ofTenant("t1"));
    stand.committing(stand.lease("dead", 1).getFirst(), "dead");
    stand.clock.pass(Duration.ofMinutes(2));
    stand.recover();

    stand.database.write(tx -> {
      stand.outbox.deleteFor(tx, "t1");
      return 0;
    });

    assertThat(stand.mails.find(uid)).isNull();
    assertThat(stand.mails.attempts(uid)).isEmpty();
  }

  @Test
  void send_all_waiting_mail_frees_what_waits_for_the_relay_or_for_its_turn() {
    var parked = waitsFor(Duration.ZERO, MailState.PARKED);
    var later = waitsFor(Duration.ofMinutes(30), MailState.RETRY_WAIT);

    assertThat(stand.outbox.sendAllWaiting(stand.actor())).isEqualTo(2);

    assertThat(stand.lease("two", 10))
        .extracting(QueuedMail::uid)
        .containsExactlyInAnyOrder(parked, later);
    assertThat(sentences()).containsExactly("Asked to send all waiting mail: 2.");
  }

  @Test
  void lists_filter_by_state_and_by_literal_text_newest_first() {
    var ada = stand.enqueue("ada_1@tenant.test");
    stand.clock.pass(Duration.ofSeconds(1));
    var bob = stand.enqueue("bob@tenant.test");
    stand.outbox.cancel(stand.actor(), bob);

    assertThat(uids(null, "")).containsExactly(bob, ada);
    assertThat(uids(MailState.CANCELLED, "")).containsExactly(bob);
    assertThat(uids(null, "ADA_1")).containsExactly(ada);
    assertThat(uids(null, "_")).containsExactly(ada);
    assertThat(uids(null, "%")).isEmpty();
    assertThat(stand.mails.counts())
        .containsEntry(MailState.QUEUED, 1L)
        .containsEntry(MailState.CANCELLED, 1L);
    assertThat(stand.mails.waiting()).isEqualTo(1);
  }

  private String waitsFor(Duration wait, MailState state) {
    var uid = stand.enqueue("ada@tenant.test");
    var mail = stand.lease("one", 1).getFirst();
    stand.settle(
        mail,
        "one",
        new Settlement(state, stand.clock.instant(), stand.in(wait), false, null, "Refused."));
    return uid;
  }

  private NewMail ofTenant(String tenant) {
    var letter = stand.letter("ada@tenant.test");
    return new NewMail(
        letter.kind(),
        letter.to(),
        letter.subject(),
        letter.values(),
        letter.priority(),
        letter.expiresAt(),
        tenant,
        null);
  }

  private List<String> uids(@org.jspecify.annotations.Nullable MailState state, String text) {
    return stand.mails.list(new Mails.Filter(state, text, 0, 50)).mails().stream()
        .map(QueuedMail::uid)
        .toList();
  }

  private List<String> sentences() {
    return stand.database.read(tx ->
        tx.jdbc()
            .sql("select sentence from audit_entry order by sequence")
            .query(String.class)
            .list());
  }
}
