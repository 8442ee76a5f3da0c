package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.settings.RelayDraft;
import io.postern.console.settings.RelayVersion;
import io.postern.smtp.EhloName;
import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// a relay gets what it takes, over as many connections as it takes.
@ParameterizedClass
@EnumSource
final class ThrottleTest extends EachDatabase {
  private static final String TOO_FAST =
      "450 4.4.2 Message submission rate for this client has exceeded the configured limit";
  private static final String TOO_MANY =
      "421 4.3.2 The maximum number of concurrent connections has exceeded a limit, closing transmission channel";

  ThrottleTest(Dialect dialect) {
    super(dialect);
  }

  /// Like Exchange Online: thirty within any minute, and three connections at once.
  private final class Exchange {
    static final int MAILS = 30;
    final ArrayDeque<Instant> minute = new ArrayDeque<>();
    int refused;

    Exchange() {
      work.sink.onStep(step -> {
        if (step.equals(CrashPoint.TAKEN)) {
          minute.add(stand.clock.instant());
          judge();
        } else if (step.equals("RCPT") && minute.size() >= MAILS) {
          refused++;
        }
      });
    }

    void judge() {
      var ago = stand.clock.instant().minus(Duration.ofMinutes(1));
      while (!minute.isEmpty() && !minute.peek().isAfter(ago)) {
        minute.poll();
      }
      if (minute.size() >= MAILS) {
        work.sink.answer("RCPT", TOO_FAST);
      } else {
        work.sink.answerAsUsual();
      }
    }
  }

  @Test
  void R733_a_relay_that_takes_thirty_a_minute_gets_nearly_that_and_no_mail_is_lost() {
    var exchange = new Exchange();
    var minutes = 30;
    for (var n = 0; n < 1_300; n++) {
      stand.enqueue(stand.letter("user" + n + "@tenant.test", Priority.NORMAL, Duration.ofDays(1)));
    }

    var learned = 12;
    run(exchange, Duration.ofMinutes(learned));
    var afterwards = work.sink.taken().size();
    run(exchange, Duration.ofMinutes(minutes));

    assertThat(work.sink.taken().size() - afterwards)
        .isGreaterThanOrEqualTo((int) (0.95 * minutes * Exchange.MAILS))
        .isLessThanOrEqualTo(minutes * Exchange.MAILS);
    assertThat(exchange.refused).isBetween(1, 5);
    assertThat(work.sink.recipients()).doesNotHaveDuplicates();
    assertThat(stand.mails.counts()).containsOnlyKeys(MailState.QUEUED, MailState.DELIVERED);
    assertThat(stand.mails.slowed()).singleElement().asString().contains("slowed to 29 a minute");
    assertThat(sum("attempts")).as("no attempt is used up").isEqualTo(work.sink.taken().size());
  }

  @Test
  void R733_a_complaint_halves_what_was_sent_for_all_workers_and_another_version_begins_anew() {
    work.sink.answer("RCPT user20@tenant.test", TOO_FAST);
    for (var n = 0; n < 60; n++) {
      stand.clock.pass(Duration.ofMillis(1));
      stand.enqueue("user" + n + "@tenant.test");
    }
    work.work();
    assertThat(work.sink.taken()).hasSize(20);
    assertThat(work.worker.allotment().pause()).isEqualTo(Throttle.QUIET);

    stand.clock.pass(Throttle.QUIET.minusMillis(1));
    try (var other = work.another()) {
      assertThat(other.step()).isFalse();
      assertThat(other.allotment().pause()).isEqualTo(Duration.ofMillis(1));
      stand.clock.pass(Duration.ofMillis(1));
      assertThat(other.step()).isTrue();
      assertThat(other.step()).isFalse();
    }
    assertThat(work.sink.taken()).hasSize(21);
    assertThat(stand.mails.slowed())
        .singleElement()
        .asString()
        .contains("slowed to 10 a minute", "450 4.4.2 Message submission rate");

    work.sink.answerAsUsual();
    work.signIn("", "");
    work.work();
    assertThat(work.sink.taken()).hasSizeGreaterThanOrEqualTo(59);
    assertThat(stand.mails.slowed()).isEmpty();
  }

  @Test
  void R733_what_is_said_of_one_mailbox_slows_nobody() {
    work.sink.answer(
        "RCPT busy@tenant.test", "450 4.2.1 The recipient has exceeded message rate limit");
    stand.enqueue("busy@tenant.test");
    work.work();

    assertThat(stand.mails.slowed()).isEmpty();
    assertThat(work.worker.allotment().pause()).isZero();
  }

  @Test
  void R733_a_fourth_connection_that_is_refused_is_not_tried_again_for_an_hour() {
    var workers = new ArrayList<OutboxWorker>();
    for (var n = 0; n < 4; n++) {
      workers.add(work.another());
    }
    for (var n = 0; n < 3; n++) {
      stand.enqueue("user" + n + "@tenant.test");
      assertThat(workers.get(n).step()).isTrue();
    }
    work.sink.answer("CONNECT", TOO_MANY);
    stand.enqueue("user3@tenant.test");
    assertThat(workers.get(3).step()).isTrue();
    assertThat(work.sink.connections()).isEqualTo(4);
    work.sink.answerAsUsual();
    assertThat(stand.mails.slowed()).singleElement().asString().contains("3 connections are used");
    stand.clock.pass(Duration.ofSeconds(9));
    assertThat(workers.getFirst().step()).as("those that are open go on").isFalse();

    enqueueForAnHour(workers);
    workers.getLast().step();
    assertThat(stand.mails.counts()).containsOnlyKeys(MailState.DELIVERED);
    workers.forEach(OutboxWorker::close);
  }

  private void enqueueForAnHour(List<OutboxWorker> workers) {
    stand.clock.pass(Circuit.AFTER_CONNECT);
    for (var minute = 0; minute < 59; minute++) {
      for (var worker : workers.reversed()) {
        stand.enqueue("minute" + minute + worker.hashCode() + "@tenant.test");
        worker.step();
        assertThat(connectionsOpen()).isLessThanOrEqualTo(3);
      }
      stand.clock.pass(Duration.ofMinutes(1));
    }
  }

  private int connectionsOpen() {
    return stand.database.read(tx -> Connections.open(tx, stand.clock.instant()));
  }

  @Test
  void R733_of_a_provider_whose_limits_are_known_no_more_is_asked() {
    var throttle = stand.database.read(Throttle::read);
    var now = stand.clock.instant();

    assertThat(throttle.mailsPerMinute(version("smtp.office365.com"), now))
        .isEqualTo(30 * LearnedRate.SHARE);
    assertThat(throttle.connectionsMax(version("smtp.office365.com"), now)).isEqualTo(3);
    assertThat(throttle.mailsPerMinute(version("tenant-test.mail.protection.outlook.com"), now))
        .isInfinite();
    assertThat(throttle.connectionsMax(version("mail.tenant.test"), now))
        .isEqualTo(Integer.MAX_VALUE);
  }

  private static RelayVersion version(String host) {
    return new RelayVersion(
        1,
        new RelayDraft(
            HostName.parse(host),
            587,
            Security.STARTTLS,
            "",
            null,
            Mailbox.parse("console@tenant.test"),
            "",
            null,
            EhloName.parse("console.tenant.test"),
            List.of(),
            false,
            Set.of()),
        new RelayVersion.Password.None(),
        true,
        Instant.EPOCH,
        "");
  }

  private void run(Exchange exchange, Duration time) {
    var end = stand.clock.instant().plus(time);
    while (stand.clock.instant().isBefore(end)) {
      exchange.judge();
      if (!work.worker.step()) {
        var pause = work.worker.allotment().pause();
        stand.clock.pass(pause.isZero() ? Duration.ofSeconds(1) : pause);
      }
    }
  }

  private int sum(String column) {
    return stand.database.read(
        tx -> tx.jdbc().sql("select sum(" + column + ") from mail").query(Integer.class).single());
  }
}
