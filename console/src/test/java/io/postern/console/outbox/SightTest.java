package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.settings.RelayDraft;
import io.postern.console.settings.RelayVersion;
import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an operator is told about a relay although mail flows.
final class SightTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "744, ''",
    "743, in 30 days",
    "336, in 14 days",
    "168, in 7 days",
    "24, in 1 day",
    "23, within a day"
  })
  void R216_the_end_of_a_certificate_is_announced_thirty_days_before(int hours, String when) {
    var notices = new Sight(0, 3, NOW.plus(Duration.ofHours(hours))).notices(version(false), NOW);
    if (when.isEmpty()) {
      assertThat(notices).isEmpty();
    } else {
      assertThat(notices)
          .singleElement()
          .asString()
          .contains("certificate of the relay ends " + when);
    }
  }

  @Test
  void R216_the_certificate_of_another_version_says_nothing() {
    assertThat(new Sight(0, 2, NOW).notices(version(false), NOW)).isEmpty();
  }

  @Test
  void R162_the_order_that_another_version_broke_says_nothing() {
    assertThat(new Sight(2, 0, Instant.EPOCH).notices(version(false), NOW)).isEmpty();
    assertThat(new Sight(3, 0, Instant.EPOCH).notices(version(false), NOW)).hasSize(1);
  }

  @Test
  void R209_skipped_verification_is_said_while_it_is_in_force() {
    assertThat(new Sight(0, 0, Instant.EPOCH).notices(version(true), NOW))
        .singleElement()
        .asString()
        .startsWith("Insecure Skip TLS Verify is in force");
  }

  private static RelayVersion version(boolean skipVerify) {
    var draft =
        new RelayDraft(
            HostName.parse("mx.test"),
            587,
            Security.STARTTLS,
            "",
            null,
            Mailbox.parse("console@postern.test"),
            "",
            null,
            null,
            List.of(),
            skipVerify,
            Set.of());
    return new RelayVersion(3, draft, new RelayVersion.Password.None(), true, NOW, "jo");
  }
}
