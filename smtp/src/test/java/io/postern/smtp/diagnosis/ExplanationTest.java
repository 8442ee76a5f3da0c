package io.postern.smtp.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.Stage;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Replies that somebody pasted, with nothing known around them.
class ExplanationTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "550 5.1.1 No such user, 'The receiving server says that the recipient does not exist: the mailbox, or its whole domain.'",
    "552 5.2.2 Mailbox full, The mailbox has no room left.",
  })
  void a_sentence_about_somebody_unknown_stays_a_sentence(String reply, String summary) {
    assertEquals(summary, explain(reply).summary());
  }

  @Test
  void a_sentence_about_an_unknown_server_begins_with_a_capital() {
    var explained =
        Explanation.of(PastedReply.parse("500 5.5.1 Invalid command"), Stage.AUTH, null, NOW);

    assertEquals(
        "The server offers no sign-in on port 587, not even over TLS.",
        explained.diagnosis().summary());
  }

  @Test
  void no_blank_is_left_open() {
    assertTrue(!explain("550 5.1.1 No such user").toString().contains("{"));
  }

  private static Diagnosis explain(String reply) {
    return Explanation.of(PastedReply.parse(reply), null, null, NOW).diagnosis();
  }
}
