package io.postern.smtp.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.postern.smtp.fixtures.MemorySocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is written down of a conversation, and what never is.
class TranscriptTest {
  private static final String PLAIN = "AGpvAG9wZW4tc2VzYW1l";

  @Test
  void R524_from_auth_to_its_final_reply_the_client_is_not_recorded() throws IOException {
    var transcript = new Transcript();
    var wire = wire("334 VXNlcm5hbWU6\r\n334 UGFzc3dvcmQ6\r\n235 2.7.0 Ok\r\n", transcript);
    wire.auth("LOGIN", null);
    wire.read(deadline());
    wire.response("am8=");
    wire.read(deadline());
    wire.response("b3Blbi1zZXNhbWU=");
    wire.read(deadline());
    transcript.signInEnded();
    wire.command("QUIT");

    assertEquals(
        List.of(
            "C: AUTH LOGIN",
            "S: 334 ***",
            "C: ***",
            "S: 334 ***",
            "C: ***",
            "S: 235 2.7.0 Ok",
            "C: QUIT"),
        transcript.lines());
  }

  @Test
  void R524_an_initial_response_is_shown_as_three_asterisks() throws IOException {
    var transcript = new Transcript();
    wire("", transcript).auth("PLAIN", PLAIN);
    assertEquals(List.of("C: AUTH PLAIN ***"), transcript.lines());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "535 5.7.8 no AGpvAG9wZW4tc2VzYW1l, 535 5.7.8 no ***",
    "500 <AUTH PLAIN AGpvAG9wZW4tc2VzYW1l>?, 500 <AUTH PLAIN ***>?",
    "500 agpvag9wzw4tc2vzyw1l, 500 ***",
    "500 cut AGpvAG9wZW4tc, 500 cut ***",
    "500 tail ZW4tc2VzYW1l, 500 tail ***",
    "535 5.7.8 jo/open-sesame, 535 5.7.8 jo/***",
    "535 5.7.8 nothing here, 535 5.7.8 nothing here"
  })
  void R524_what_was_sent_is_blotted_out_of_replies(String line, String expected)
      throws IOException {
    var transcript = new Transcript();
    var wire = wire(line + "\r\n", transcript);
    wire.conceal("open-sesame");
    wire.auth("PLAIN", PLAIN);
    var reply = wire.read(deadline());

    assertEquals(expected, reply.toString());
    assertEquals(List.of("C: AUTH PLAIN ***", "S: " + expected), transcript.lines());
  }

  @Test
  void R524_a_broken_reply_brings_no_secret_into_an_exception() throws IOException {
    var wire = wire("535 " + PLAIN + " open-sesame\n", new Transcript());
    wire.conceal("open-sesame");
    wire.auth("PLAIN", PLAIN);
    var broken = assertThrows(ProtocolException.class, () -> wire.read(deadline()));
    assertEquals("535 *** ***", new String(broken.first(), StandardCharsets.US_ASCII));
  }

  @Test
  void a_challenge_stays_whole_for_the_mechanism() throws IOException {
    var wire = wire("334 " + PLAIN + "\r\n", new Transcript());
    wire.auth("PLAIN", PLAIN);
    assertEquals(PLAIN, wire.read(deadline()).text());
  }

  @Test
  void a_transcript_has_2000_lines_and_says_when_there_were_more() {
    var transcript = new Transcript();
    for (var i = 0; i < Transcript.LINES_MAX; i++) {
      transcript.client("NOOP");
    }
    assertEquals(Transcript.LINES_MAX, transcript.lines().size());
    assertFalse(transcript.lines().getLast().startsWith("*"));
    transcript.client("NOOP");
    transcript.client("NOOP");
    assertEquals("* further lines are left out", transcript.lines().getLast());
    assertEquals(Transcript.LINES_MAX + 1, transcript.lines().size());
  }

  private static Wire wire(String said, Transcript transcript) throws IOException {
    return new Wire(new MemorySocket(said.getBytes(StandardCharsets.UTF_8), 1), transcript);
  }

  private static Deadline deadline() {
    return Deadline.after(Duration.ofDays(1), () -> 0);
  }
}
