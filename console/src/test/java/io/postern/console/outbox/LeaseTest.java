package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// one worker has a mail at a time, and one that lost it can not write.
@ParameterizedClass
@EnumSource
final class LeaseTest {
  private final Dialect dialect;
  @TempDir Path directory;
  private OutboxStand stand;

  LeaseTest(Dialect dialect) {
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
  void R721_leased_mail_is_not_leased_again() {
    stand.enqueue("ada@tenant.test");

    assertThat(stand.lease("one", 10)).hasSize(1);
    assertThat(stand.lease("two", 10)).isEmpty();
  }

  @Test
  void R734_security_mail_comes_first_and_then_the_oldest() {
    var bulk = enqueue("bulk@tenant.test", Priority.BULK);
    var early = enqueue("early@tenant.test", Priority.NORMAL);
    var late = enqueue("late@tenant.test", Priority.NORMAL);
    var security = enqueue("security@tenant.test", Priority.SECURITY);

    assertThat(uids(stand.lease("one", 10))).containsExactly(security, early, late, bulk);
  }

  @Test
  void a_mail_is_not_leased_before_it_is_due() {
    var uid = stand.enqueue("ada@tenant.test");
    var mail = stand.lease("one", 1).getFirst();
    stand.settle(mail, "one", later(Duration.ofSeconds(30)));

    stand.clock.pass(Duration.ofSeconds(29));
    assertThat(stand.lease("two", 1)).isEmpty();
    stand.clock.pass(Duration.ofSeconds(1));
    assertThat(uids(stand.lease("two", 1))).containsExactly(uid);
  }

  @Test
  void R711_a_worker_whose_lease_ran_out_can_neither_commit_nor_settle() {
    stand.enqueue("ada@tenant.test");
    var paused = stand.lease("paused", 1).getFirst();
    stand.clock.pass(Duration.ofMinutes(20));
    stand.recover();
    var other = stand.lease("other", 1).getFirst();

    assertThat(stand.committing(paused, "paused")).isFalse();
    assertThat(stand.settle(paused, "paused", delivered())).isFalse();
    assertThat(stand.state(paused.uid())).isEqualTo(MailState.LEASED);
    assertThat(stand.committing(other, "other")).isTrue();
    assertThat(stand.settle(other, "other", delivered())).isTrue();
  }

  @Test
  void R711_a_renewed_lease_does_not_run_out() {
    stand.enqueue("ada@tenant.test");
    var mail = stand.lease("one", 1).getFirst();
    stand.clock.pass(Duration.ofSeconds(50));
    stand.database.write(tx -> stand.parts.store().renew(tx, "one", stand.in(OutboxStand.LEASE)));
    stand.clock.pass(Duration.ofSeconds(50));

    assertThat(stand.recover()).isZero();
    assertThat(stand.state(mail.uid())).isEqualTo(MailState.LEASED);
  }

  @Test
  void R712_a_worker_that_died_before_the_final_dot_leaves_a_mail_that_is_safe_to_send() {
    var uid = stand.enqueue("ada@tenant.test");
    stand.lease("dead", 1);
    stand.clock.pass(Duration.ofSeconds(61));

    assertThat(stand.recover()).isEqualTo(1);
    assertThat(stand.state(uid)).isEqualTo(MailState.RETRY_WAIT);
    assertThat(stand.find(uid).maybeDuplicate()).isFalse();
    assertThat(uids(stand.lease("two", 1))).containsExactly(uid);
  }

  @Test
  void R712_a_worker_that_died_after_the_final_dot_leaves_an_unknown_outcome_that_is_flagged() {
    var uid = stand.enqueue("ada@tenant.test");
    stand.committing(stand.lease("dead", 1).getFirst(), "dead");
    stand.clock.pass(Duration.ofSeconds(61));

    assertThat(stand.recover()).isEqualTo(1);

    var mail = stand.find(uid);
    assertThat(mail.state()).isEqualTo(MailState.UNKNOWN);
    assertThat(mail.maybeDuplicate()).isTrue();
    assertThat(mail.attempts()).isEqualTo(1);
    assertThat(stand.mails.attempts(uid)).extracting(Attempt::outcome).containsExactly("unknown");
    assertThat(stand.lease("two", 1)).isEmpty();
    stand.clock.pass(RetryPlan.AFTER_UNKNOWN);
    assertThat(uids(stand.lease("two", 1))).containsExactly(uid);
  }

  @Test
  void R720_a_mail_whose_worker_dies_four_times_after_the_final_dot_waits_for_a_person() {
    var uid = stand.enqueue(stand.letter("ada@tenant.test", Priority.NORMAL, Duration.ofDays(1)));
    for (var death = 1; death <= 4; death++) {
      stand.committing(stand.lease("dead" + death, 1).getFirst(), "dead" + death);
      stand.clock.pass(Duration.ofSeconds(61));
      stand.recover();
      stand.clock.pass(RetryPlan.AFTER_UNKNOWN);
    }
    stand.clock.pass(Duration.ofHours(10));

    assertThat(stand.lease("fifth", 1)).isEmpty();
    assertThat(stand.find(uid).reason()).contains("Retry now");
  }

  @Test
  void a_mail_that_was_leased_and_not_tried_waits_again_as_it_did_before() {
    var unknown =
        stand.enqueue(stand.letter("ada@tenant.test", Priority.NORMAL, Duration.ofDays(1)));
    stand.committing(stand.lease("dead", 1).getFirst(), "dead");
    stand.clock.pass(Duration.ofSeconds(61));
    stand.recover();
    stand.clock.pass(RetryPlan.AFTER_UNKNOWN);
    var before = stand.find(unknown);
    var queued = stand.enqueue("bob@tenant.test");

    var batch = stand.lease("two", 10);
    assertThat(batch).hasSize(2);
    for (var mail : batch) {
      assertThat(giveBack(mail.uid(), "somebody else")).isFalse();
      assertThat(giveBack(mail.uid(), "two")).isTrue();
    }

    var after = stand.find(unknown);
    assertThat(after).usingRecursiveComparison().ignoringFields("opened").isEqualTo(before);
    assertThat(after.values()).isEqualTo(before.values());
    assertThat(stand.state(queued)).isEqualTo(MailState.QUEUED);
  }

  private boolean giveBack(String uid, String token) {
    return stand.database.write(tx -> stand.parts.store().giveBack(tx, uid, token));
  }

  @Test
  void R721_four_workers_at_once_never_have_the_same_mail() throws Exception {
    for (var i = 0; i < 60; i++) {
      stand.enqueue("user" + i + "@tenant.test");
    }
    var leased = Collections.synchronizedList(new ArrayList<String>());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var worker = 0; worker < 4; worker++) {
        var token = "worker" + worker;
        threads.execute(() -> {
          var batch = stand.lease(token, 7);
          while (!batch.isEmpty()) {
            leased.addAll(uids(batch));
            batch = stand.lease(token, 7);
          }
        });
      }
    }

    assertThat(leased).hasSize(60);
    assertThat(new HashSet<>(leased)).hasSize(60);
  }

  private String enqueue(String to, Priority priority) {
    stand.clock.pass(Duration.ofMillis(1));
    return stand.enqueue(stand.letter(to, priority, Duration.ofHours(1)));
  }

  private Settlement later(Duration wait) {
    return new Settlement(
        MailState.RETRY_WAIT, stand.clock.instant(), stand.in(wait), false, null, "Busy.");
  }

  private Settlement delivered() {
    var now = stand.clock.instant();
    return new Settlement(MailState.DELIVERED, now, now, false, "250 2.0.0 Ok", "");
  }

  private static List<String> uids(List<QueuedMail> mails) {
    return mails.stream().map(QueuedMail::uid).toList();
  }
}
