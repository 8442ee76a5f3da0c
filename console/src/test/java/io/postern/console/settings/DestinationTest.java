package io.postern.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.PasswordMechanism;
import io.postern.smtp.Security;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a stored password is bound to.
final class DestinationTest {
  /// Version, host, port, security, trust, no certificates, user name, sender, no Reply-To.
  private static final String BEFORE_THERE_WERE_PINS =
      "00000001"
          + "00000007"
          + "6d782e74657374"
          + "0000024b"
          + "00000008"
          + "7374617274746c73"
          + "00"
          + "00000000"
          + "00000002"
          + "6a6f"
          + "00000009"
          + "6a6f4061636d652e"
          + "78"
          + "00000000";

  @Test
  void R521_a_password_that_was_sealed_before_there_were_pins_is_opened_still() {
    assertThat(HexFormat.of().formatHex(Destination.of(draft(null))))
        .isEqualTo(BEFORE_THERE_WERE_PINS);
  }

  @Test
  void R520_each_mechanism_is_another_destination() {
    var all =
        Stream.concat(
                Stream.of(draft(null)),
                Arrays.stream(PasswordMechanism.values()).map(DestinationTest::draft))
            .map(draft -> HexFormat.of().formatHex(Destination.of(draft)))
            .collect(Collectors.toSet());
    assertThat(all).hasSize(PasswordMechanism.values().length + 1);
  }

  private static RelayDraft draft(@Nullable PasswordMechanism mechanism) {
    return new RelayDraft(
        HostName.parse("mx.test"),
        587,
        Security.STARTTLS,
        "jo",
        mechanism,
        Mailbox.parse("jo@acme.x"),
        "",
        null,
        null,
        List.of(),
        false,
        Set.of());
  }
}
