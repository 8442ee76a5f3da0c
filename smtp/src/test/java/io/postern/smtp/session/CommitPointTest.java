package io.postern.smtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.fixtures.VirtualRelay;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// what is recorded before the final dot is recorded before the final dot, whatever the
/// length of the message and wherever its end falls in the block that is written with the dot.
class CommitPointTest {
  private static final String HEADER = "From: <jo@client.test>\r\nSubject: Hello\r\n\r\n";

  @ParameterizedTest
  @ValueSource(ints = {50, 2_048, 16_380, 16_381, 16_382, 16_383, 16_384, 16_385, 32_767, 100_000})
  void R712_the_final_dot_waits_for_the_commit_point(int octets) {
    var relay = new VirtualRelay();
    var dots = new boolean[] {true};
    try (var submission = open(relay)) {
      var outcome =
          submission.send(
              Deliveries.ENVELOPE, content(octets), () -> dots[0] = relay.heard().contains("DOT"));
      assertInstanceOf(Outcome.Accepted.class, outcome);
    }
    assertFalse(dots[0], "the dot was there at the commit point");
    assertTrue(relay.heard().contains("DOT"));
    assertEquals(octets, String.join("\r\n", relay.content()).length() + 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 16_382, 100_000})
  void R712_a_commit_point_that_throws_keeps_the_final_dot_back(int octets) {
    var relay = new VirtualRelay();
    try (var submission = open(relay)) {
      assertThrows(
          IllegalStateException.class,
          () ->
              submission.send(
                  Deliveries.ENVELOPE,
                  content(octets),
                  () -> {
                    throw new IllegalStateException("the lease is lost");
                  }));
    }
    assertFalse(relay.heard().contains("DOT"));
  }

  private static Submission open(VirtualRelay relay) {
    var opening = Submission.open(Deliveries.relay(), relay.network(), Watch.NOBODY);
    return assertInstanceOf(Submission.Opening.Ready.class, opening).submission();
  }

  /// So long without stuffing, with CRLF at the end, and a line that begins with no dot.
  private static byte[] content(int octets) {
    var text = new StringBuilder(HEADER);
    while (octets - text.length() > 100) {
      text.append("x".repeat(70)).append("\r\n");
    }
    text.append("y".repeat(octets - text.length() - 2)).append("\r\n");
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
