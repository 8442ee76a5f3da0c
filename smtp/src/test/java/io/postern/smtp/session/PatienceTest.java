package io.postern.smtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.check.Check;
import io.postern.smtp.check.Draft;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.Verdict;
import io.postern.smtp.fixtures.VirtualRelay;
import io.postern.smtp.tls.Trust;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each stage waits as long as it should and not longer, on a virtual clock.
class PatienceTest {
  private static final Duration LONG = Duration.ofDays(1);

  @ParameterizedTest(name = "{0}: {2} s")
  @CsvSource({
    "CONNECT, BANNER, 300",
    "EHLO, EHLO, 300",
    "AUTH, AUTH, 300",
    "MAIL, MAIL_FROM, 300",
    "RCPT, RCPT_TO, 300",
    "DATA, DATA, 120",
    "DOT, DATA, 600"
  })
  void R140_a_delivery_waits_as_long_as_the_rfc_asks(String step, Stage stage, int seconds) {
    var early = Deliveries.through(new VirtualRelay().waits(step, seconds(seconds - 1)));
    assertInstanceOf(Outcome.Accepted.class, early.outcome());

    var late = Deliveries.through(new VirtualRelay().waits(step, seconds(seconds + 1)));
    var failure = Objects.requireNonNull(late.failure());
    assertEquals(stage, failure.stage());
    assertInstanceOf(Finding.NoAnswer.class, failure.finding());
    assertEquals(step.equals("DOT"), late.outcome() instanceof Outcome.Unknown);
  }

  @ParameterizedTest(name = "{0}: {2} s")
  @CsvSource({
    "CONNECT, BANNER, 30",
    "EHLO, EHLO, 15",
    "AUTH, AUTH, 30",
    "MAIL, MAIL_FROM, 30",
    "RCPT, RCPT_TO, 30",
    "DATA, DATA, 30",
    "DOT, DATA, 120"
  })
  void R140_a_check_waits_as_long_as_an_operator_would(String step, Stage stage, int seconds) {
    assertTrue(check(new VirtualRelay().waits(step, seconds(seconds - 1)), LONG).isValid());

    var late = check(new VirtualRelay().waits(step, seconds(seconds + 1)), LONG);
    assertEquals(stage, late.failedStage());
    assertInstanceOf(Finding.NoAnswer.class, late.finding());
  }

  @Test
  void R141_a_check_as_a_whole_ends_within_its_budget() {
    var relay = new VirtualRelay();
    for (var step : new String[] {"CONNECT", "AUTH", "MAIL", "RCPT", "DATA"}) {
      relay.waits(step, seconds(29));
    }
    var verdict = check(relay, seconds(90));

    assertEquals(Stage.RCPT_TO, verdict.failedStage());
    assertTrue(relay.passed().compareTo(seconds(91)) < 0, relay.passed()::toString);
  }

  @Test
  void R141_octets_that_drip_in_win_no_time() {
    var relay = new VirtualRelay().drips("CONNECT", seconds(29));
    var verdict = check(relay, seconds(90));

    assertEquals(Stage.BANNER, verdict.failedStage());
    assertTrue(relay.passed().compareTo(seconds(31)) < 0, relay.passed()::toString);
  }

  @Test
  void R129_a_slow_quit_costs_five_seconds_and_changes_nothing() {
    var relay = new VirtualRelay().waits("QUIT", seconds(220));
    var end = Deliveries.through(relay);

    assertInstanceOf(Outcome.Accepted.class, end.outcome());
    assertTrue(relay.passed().compareTo(seconds(6)) < 0, relay.passed()::toString);
  }

  @ParameterizedTest(name = "{0} s: {1}")
  @CsvSource({"19, true", "21, false"})
  void R140_rset_has_twenty_seconds(int delay, boolean usable) {
    var relay =
        new VirtualRelay().answers("RCPT", "550 5.1.1 Nobody").waits("RSET", seconds(delay));
    assertEquals(usable, Deliveries.through(relay).usable());
  }

  @Test
  void R129_a_relay_that_is_silent_after_a_failure_is_not_told_goodbye() {
    var relay = new VirtualRelay().waits("MAIL", LONG).waits("QUIT", LONG);
    var end = Deliveries.through(relay);

    assertNull(end.unopened());
    assertTrue(relay.passed().compareTo(seconds(306)) < 0, relay.passed()::toString);
  }

  private static Verdict check(VirtualRelay relay, Duration budget) {
    var draft =
        new Draft(
            "mx.test",
            587,
            Security.NONE,
            "jo",
            Secret.of("open-sesame"),
            null,
            "jo@client.test",
            "ann@mx.test",
            "client.test",
            Trust.publicAuthorities(),
            null,
            "",
            budget);
    return new Check(relay.network()).run(draft, Watch.NOBODY);
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }
}
