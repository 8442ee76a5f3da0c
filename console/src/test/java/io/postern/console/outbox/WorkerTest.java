package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of a mail by what the relay says, over real connections.
@ParameterizedClass
@EnumSource
final class WorkerTest extends EachDatabase {
  WorkerTest(Dialect dialect) {
    super(dialect);
  }

  @Test
  void R262_accepted_mail_is_delivered_once_with_the_words_of_the_relay_and_its_ladder() {
    var uid = stand.enqueue("ada@tenant.test");

    work.work();

    var mail = stand.find(uid);
    assertThat(mail.state()).isEqualTo(MailState.DELIVERED);
    assertThat(mail.acceptedReply()).isEqualTo("250 2.0.0 Ok: queued as 1");
    assertThat(mail.attempts()).isEqualTo(1);
    assertThat(work.sink.recipients()).containsExactly("ada@tenant.test");
    assertThat(work.sink.taken().getFirst().text()).endsWith("\r\n.Hello");
    var attempt = stand.mails.attempts(uid).getFirst();
    assertThat(attempt.outcome()).isEqualTo("accepted");
    assertThat(attempt.rungs()).extracting(rung -> rung.stage().word()).contains("connect", "data");
    assertThat(stand.mails.health().lastAcceptedAt()).isEqualTo(stand.clock.instant());
  }

  @Test
  void R735_many_mails_go_over_one_connection_and_the_hundred_and_first_over_another() {
    for (var i = 0; i < 101; i++) {
      stand.enqueue("user" + i + "@tenant.test");
    }

    work.work();

    assertThat(work.sink.taken()).hasSize(101);
    assertThat(work.sink.connections()).isEqualTo(2);
  }

  /// The 250 says that the relay worked before the 530, and not after it.
  @Test
  void R731_a_relay_that_fails_after_a_250_stays_held_back() {
    work.sink.onStep(step -> {
      if (step.equals("DATA")) {
        openCircuit();
      } else if (step.equals(CrashPoint.TAKEN)) {
        work.sink.answer("MAIL", "530 5.7.0 Authentication required");
      }
    });
    var ada = stand.enqueue("ada@tenant.test");
    var bob = stand.enqueue("bob@tenant.test");

    work.worker.step();

    assertThat(stand.state(ada)).isEqualTo(MailState.DELIVERED);
    assertThat(stand.state(bob)).isEqualTo(MailState.PARKED);
    assertThat(stand.mails.health().held()).isTrue();
  }

  @Test
  void R731_a_250_closes_a_circuit_that_another_worker_opened_meanwhile() {
    work.sink.onStep(step -> {
      if (step.equals("DATA")) {
        openCircuit();
      }
    });
    stand.enqueue("ada@tenant.test");

    work.worker.step();

    assertThat(stand.mails.health().held()).isFalse();
  }

  /// As another worker does that failed.
  private void openCircuit() {
    stand.database.write(tx ->
        tx.jdbc()
            .sql(
                "update outbox_control set failures = 1, interval_ms = 30000, open_until = ? where id = 1")
            .param(stand.clock.millis() + 30_000)
            .update());
  }

  @Test
  void R735_an_idle_session_is_given_up_before_the_relay_does_it() {
    stand.enqueue("ada@tenant.test");
    work.work();
    stand.clock.pass(Duration.ofSeconds(9));
    stand.enqueue("bob@tenant.test");
    work.work();
    assertThat(work.sink.connections()).isEqualTo(1);

    stand.clock.pass(Duration.ofSeconds(10));
    stand.enqueue("eve@tenant.test");
    work.work();
    assertThat(work.sink.connections()).isEqualTo(2);
  }

  @Test
  void R110_a_relay_that_talks_unasked_gets_a_new_session_for_the_next_mail() {
    work.sink.answer(".", "250 2.0.0 Ok\r\n250 2.0.0 Once more");
    stand.enqueue("ada@tenant.test");
    stand.enqueue("bob@tenant.test");

    work.work();

    assertThat(work.sink.recipients())
        .containsExactlyInAnyOrder("ada@tenant.test", "bob@tenant.test");
    assertThat(work.sink.connections()).isEqualTo(2);
  }

  @Test
  void R732_a_recipient_refused_for_now_is_tried_again_after_half_a_minute() {
    work.sink.answer("RCPT ada@tenant.test", "450 4.2.1 Later");
    var uid = stand.enqueue("ada@tenant.test");
    work.work();
    assertThat(stand.state(uid)).isEqualTo(MailState.RETRY_WAIT);
    assertThat(stand.find(uid).attempts()).isEqualTo(1);
    assertThat(stand.find(uid).reason()).contains("takes it on a later try");

    work.sink.answerAsUsual();
    stand.clock.pass(Duration.ofSeconds(23));
    work.work();
    assertThat(stand.state(uid)).isEqualTo(MailState.RETRY_WAIT);
    stand.clock.pass(Duration.ofSeconds(14));
    work.work();

    assertThat(stand.state(uid)).isEqualTo(MailState.DELIVERED);
    assertThat(stand.mails.attempts(uid))
        .extracting(Attempt::outcome)
        .containsExactly("later", "accepted");
  }

  @Test
  void a_recipient_refused_for_good_fails_with_cause_and_remedy_and_the_others_are_sent() {
    work.sink.answer("RCPT nobody@tenant.test", "550 5.1.1 No such mailbox");
    var uid = stand.enqueue("nobody@tenant.test");
    stand.enqueue("ada@tenant.test");

    work.work();

    assertThat(stand.state(uid)).isEqualTo(MailState.FAILED);
    var attempt = stand.mails.attempts(uid).getFirst();
    assertThat(attempt.cause()).isEqualTo("mailbox-unknown");
    assertThat(attempt.reply()).isEqualTo("550 5.1.1 No such mailbox");
    assertThat(attempt.remedy()).isNotEmpty();
    assertThat(work.sink.recipients()).containsExactly("ada@tenant.test");
  }

  @Test
  void R734_one_recipient_whose_refusal_blames_the_relay_does_not_hold_the_others_back() {
    work.sink.answer("RCPT odd@tenant.test", "554 5.7.1 Relay access denied");
    var odd = stand.enqueue("odd@tenant.test");
    for (var i = 0; i < 30; i++) {
      stand.enqueue("user" + i + "@tenant.test");
    }

    work.work();

    assertThat(work.sink.taken()).hasSize(30);
    assertThat(stand.mails.health().held()).isFalse();
    assertThat(stand.state(odd)).isEqualTo(MailState.RETRY_WAIT);
    assertThat(stand.find(odd).attempts()).isZero();
  }

  @Test
  void R720_a_connection_cut_after_the_final_dot_is_an_unknown_outcome_sent_again_unchanged() {
    work.sink.answer(".", LedgerSink.TAKEN_THEN_CUT);
    var uid = stand.enqueue("ada@tenant.test");
    work.work();
    assertThat(stand.state(uid)).isEqualTo(MailState.UNKNOWN);
    assertThat(stand.find(uid).maybeDuplicate()).isTrue();

    work.sink.answerAsUsual();
    work.workFor(Duration.ofMinutes(14), Duration.ofMinutes(7));
    assertThat(work.sink.taken()).hasSize(1);
    work.workFor(Duration.ofMinutes(1), Duration.ofMinutes(1));

    assertThat(stand.state(uid)).isEqualTo(MailState.DELIVERED);
    assertThat(stand.find(uid).maybeDuplicate()).isTrue();
    assertThat(work.sink.taken()).hasSize(2);
    assertThat(work.sink.taken().get(1)).isEqualTo(work.sink.taken().get(0));
  }

  @Test
  void R154_every_try_after_the_first_final_dot_has_the_same_octets() {
    work.sink.answer(".", LedgerSink.TAKEN_THEN_CUT);
    var uid = stand.enqueue("ada@tenant.test");
    work.work();
    var first = work.sink.taken().getFirst();
    work.sink.answer(".", "451 4.3.0 Later");
    work.workFor(Duration.ofMinutes(15), Duration.ofMinutes(15));
    assertThat(stand.state(uid)).isEqualTo(MailState.RETRY_WAIT);

    work.sink.answerAsUsual();
    work.workFor(Duration.ofHours(1), Duration.ofMinutes(1));

    assertThat(stand.state(uid)).isEqualTo(MailState.DELIVERED);
    assertThat(work.sink.taken()).containsOnly(first);
  }

  @Test
  void R162_a_relay_that_broke_the_order_of_its_replies_gets_one_command_at_a_time() {
    work.sink.answer(".", "250 2.0.0 Ok: queued\r\n250 2.0.0 Ok: one too many");
    stand.enqueue("ada@tenant.test");
    work.work();
    assertThat(work.sink.groups()).isEqualTo(1);
    work.sink.answerAsUsual();
    stand.enqueue("bob@tenant.test");
    work.work();

    assertThat(work.sink.recipients()).containsExactly("ada@tenant.test", "bob@tenant.test");
    assertThat(work.sink.groups()).isEqualTo(1);
    assertThat(notices()).singleElement().asString().contains("broke the order of its replies");

    try (var other = work.another()) {
      stand.enqueue("cy@tenant.test");
      assertThat(other.step()).isTrue();
    }
    assertThat(work.sink.groups()).as("known to every process, and after a restart").isEqualTo(1);

    work.signIn("", "");
    stand.enqueue("dan@tenant.test");
    work.work();
    assertThat(work.sink.groups()).isEqualTo(2);
    assertThat(notices()).isEmpty();
  }

  private java.util.List<String> notices() {
    return stand.mails.notices(work.relay.settings().inForce());
  }

  @Test
  void R720_four_unknown_outcomes_leave_the_mail_to_a_person() {
    work.sink.answer(".", LedgerSink.CUT);
    var uid = stand.enqueue(stand.letter("ada@tenant.test", Priority.NORMAL, Duration.ofDays(2)));

    work.work();
    work.workFor(Duration.ofHours(10), Duration.ofMinutes(15));

    assertThat(stand.state(uid)).isEqualTo(MailState.UNKNOWN);
    assertThat(stand.mails.attempts(uid)).hasSize(4);
    assertThat(stand.find(uid).reason()).contains("Retry now");
    work.sink.answerAsUsual();
    stand.outbox.retryNow(stand.actor(), uid);
    work.work();
    assertThat(stand.state(uid)).isEqualTo(MailState.DELIVERED);
  }

  @Test
  void R130_a_connection_cut_before_the_final_dot_is_sent_again_and_flags_nothing() {
    work.sink.answer("DATA", LedgerSink.CUT);
    var uid = stand.enqueue("ada@tenant.test");
    work.work();
    assertThat(stand.state(uid)).isEqualTo(MailState.RETRY_WAIT);

    work.sink.answerAsUsual();
    work.workFor(Duration.ofMinutes(1), Duration.ofMinutes(1));

    assertThat(stand.state(uid)).isEqualTo(MailState.DELIVERED);
    assertThat(stand.find(uid).maybeDuplicate()).isFalse();
    assertThat(work.sink.taken()).hasSize(1);
  }

  @Test
  void a_letter_that_cannot_be_rendered_keeps_the_mail_and_delays_nobody() {
    var bug = stand.enqueue("bug@tenant.test");
    stand.enqueue("ada@tenant.test");

    work.work();

    assertThat(stand.state(bug)).isEqualTo(MailState.RETRY_WAIT);
    assertThat(stand.find(bug).reason()).contains("fault in Postern");
    assertThat(work.sink.recipients()).containsExactly("ada@tenant.test");
  }

  @Test
  void R736_a_mail_whose_time_is_over_is_never_sent() {
    stand.outbox.pause(stand.actor(), true);
    var uid = stand.enqueue("ada@tenant.test");
    work.workFor(Duration.ofHours(2), Duration.ofMinutes(30));
    stand.outbox.pause(stand.actor(), false);
    work.work();

    assertThat(stand.state(uid)).isEqualTo(MailState.EXPIRED);
    assertThat(work.sink.taken()).isEmpty();
  }

  @Test
  void paused_outbox_sends_nothing_and_loses_nothing() {
    stand.outbox.pause(stand.actor(), true);
    stand.enqueue("ada@tenant.test");
    work.work();
    assertThat(work.sink.connections()).isZero();

    stand.outbox.pause(stand.actor(), false);
    work.work();
    assertThat(work.sink.taken()).hasSize(1);
  }
}
