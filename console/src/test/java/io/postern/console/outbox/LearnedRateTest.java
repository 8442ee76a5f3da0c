package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// what a relay seems to take in a minute.
final class LearnedRateTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final double UNLIMITED = Double.POSITIVE_INFINITY;
  private static final LearnedRate CUT = LearnedRate.NONE.cut(UNLIMITED, 30, NOON);

  @Test
  void nothing_is_held_back_before_the_first_complaint() {
    assertThat(LearnedRate.NONE.at(NOON)).isEqualTo(UNLIMITED);
  }

  @ParameterizedTest
  @CsvSource({"0, 15", "1, 16.5", "2, 18.15", "7, 29.23", "8, 29.4", "120, 29.4", "121, 32.34"})
  void R733_a_complaint_halves_the_rate_and_every_minute_adds_a_tenth(int minute, double rate) {
    assertThat(CUT.at(NOON.plus(Duration.ofMinutes(minute)))).isCloseTo(rate, within(0.01));
  }

  @Test
  void complaints_within_a_minute_are_one_and_the_next_halves_again() {
    var later = NOON.plus(Duration.ofSeconds(59));
    assertThat(CUT.cut(CUT.at(later), 0, later)).isEqualTo(CUT);

    later = later.plusSeconds(1);
    assertThat(CUT.cut(CUT.at(later), 0, later).at(later)).isCloseTo(8.25, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "20, 10", "21, 10.5"})
  void few_mails_that_came_together_say_little(int accepted, double rate) {
    assertThat(LearnedRate.NONE.cut(UNLIMITED, accepted, NOON).at(NOON)).isEqualTo(rate);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "1.5, 1", "2.2, 1.1"})
  void slower_than_one_a_minute_is_never_sent(double inForce, double rate) {
    assertThat(LearnedRate.NONE.cut(inForce, 0, NOON).at(NOON)).isCloseTo(rate, within(0.01));
  }

  @Test
  void from_six_thousand_a_minute_on_nothing_is_held_back() {
    var most = LearnedRate.MAILS_PER_MINUTE_MAX;
    assertThat(new LearnedRate(most - 1, NOON, most * 2).at(NOON)).isEqualTo(most - 1);
    assertThat(new LearnedRate(most, NOON, most * 2).at(NOON)).isEqualTo(UNLIMITED);
  }

  @Test
  void R737_a_clock_set_back_by_a_day_does_not_hold_mail_back_for_a_day() {
    assertThat(CUT.at(NOON.minus(Duration.ofDays(1)))).isEqualTo(UNLIMITED);
    assertThat(CUT.at(NOON.minus(Duration.ofSeconds(90)))).isEqualTo(15);
  }

  /// A relay that counts by the minute, for twelve hours, with more to send than it takes. It is
  /// never told what it takes.
  @ParameterizedTest
  @ValueSource(ints = {5, 30, 200})
  void R733_of_what_a_relay_takes_nineteen_of_twenty_are_sent_and_few_are_refused(int limit) {
    var rate = LearnedRate.NONE;
    var taken = new ArrayDeque<Instant>();
    var accepted = 0;
    var refused = 0;
    var now = NOON;
    var end = NOON.plus(Duration.ofHours(12));
    while (now.isBefore(end)) {
      var minuteAgo = now.minus(Duration.ofMinutes(1));
      while (!taken.isEmpty() && !taken.peek().isAfter(minuteAgo)) {
        taken.poll();
      }
      var allowed = rate.at(now);
      if (taken.size() < limit) {
        taken.add(now);
        accepted++;
        now = now.plusMillis(Double.isInfinite(allowed) ? 10 : (long) Math.ceil(60_000 / allowed));
      } else {
        refused++;
        rate = rate.cut(allowed, taken.size(), now);
        now = now.plus(Throttle.QUIET);
      }
    }

    assertThat(accepted).isGreaterThan((int) (0.95 * limit * 12 * 60));
    assertThat(refused).isLessThan(12 * 6);
  }
}
