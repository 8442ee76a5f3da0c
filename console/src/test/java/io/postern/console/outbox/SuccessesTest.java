package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SuccessesTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

  private final Successes successes = new Successes();

  @Test
  void the_first_is_told_and_the_next_one_a_second_later() {
    assertThat(tell(NOON)).isTrue();

    assertThat(tell(NOON.plusMillis(999))).isFalse();
    assertThat(tell(NOON.plusMillis(1_000))).isTrue();
    assertThat(tell(NOON.plusMillis(1_999))).isFalse();
  }

  @Test
  void R737_a_clock_that_was_set_back_does_not_silence_it() {
    assertThat(tell(NOON)).isTrue();

    assertThat(tell(NOON.minus(Duration.ofDays(1)))).isTrue();
  }

  @Test
  void in_doubt_each_is_told_until_one_was() {
    assertThat(tell(NOON)).isTrue();
    successes.doubted();

    var first = Objects.requireNonNull(successes.claim(NOON));
    assertThat(successes.claim(NOON)).isNotNull();
    successes.told(first);
    assertThat(successes.claim(NOON)).isNull();
  }

  @Test
  void a_doubt_that_comes_while_another_is_told_stays() {
    successes.doubted();
    var claim = Objects.requireNonNull(successes.claim(NOON));
    successes.doubted();
    successes.told(claim);

    assertThat(tell(NOON)).isTrue();
  }

  private boolean tell(Instant now) {
    var claim = successes.claim(now);
    if (claim != null) {
      successes.told(claim);
    }
    return claim != null;
  }
}
