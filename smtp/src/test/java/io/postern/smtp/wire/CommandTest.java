package io.postern.smtp.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.postern.smtp.fixtures.MemorySocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Commands to octets.
class CommandTest {
  /// One line goes out or none, whatever stands in a command: no character becomes a line end, not
  /// even by losing its upper half (F-005).
  @Test
  void R501_no_character_at_any_place_makes_a_second_line() {
    for (var codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      var character = Character.toString(codePoint);
      for (var line : new String[] {character + "ab", "a" + character + "b", "ab" + character}) {
        byte[] octets;
        try {
          octets = CommandEncoder.encode(line);
        } catch (ProtocolException _) {
          // Refused is as good.
          continue;
        }
        for (var octet : octets) {
          if (octet == '\r' || octet == '\n' || octet == 0) {
            throw new AssertionError("U+%04X made a line end".formatted(codePoint));
          }
        }
      }
    }
  }

  @Test
  void R501_control_characters_are_refused_and_not_replaced() {
    for (var c : "\0\t\r\n\u001b\u007f\u0085\u009b\u2028\u2029".toCharArray()) {
      assertThrows(ProtocolException.class, () -> CommandEncoder.encode("NOOP " + c));
    }
  }

  @Test
  void R501_half_a_surrogate_pair_is_refused() {
    assertThrows(ProtocolException.class, () -> CommandEncoder.encode("NOOP \ud83d"));
    assertThrows(ProtocolException.class, () -> CommandEncoder.encode("NOOP \ude00"));
  }

  @Test
  void R501_characters_that_end_in_the_octets_of_crlf_stay_what_they_are() throws IOException {
    assertArrayEquals(
        "NOOP \u760d\u760a".getBytes(StandardCharsets.UTF_8),
        CommandEncoder.encode("NOOP \u760d\u760a"));
  }

  @Test
  void R123_a_command_may_have_512_octets_with_crlf_and_no_more() throws IOException {
    var wire = new Wire(new MemorySocket(new byte[0]), new Transcript());
    wire.command("x".repeat(510));
    assertThrows(ProtocolException.class, () -> wire.command("x".repeat(511)));
    assertThrows(ProtocolException.class, () -> wire.command("ü".repeat(256)));
  }

  @Test
  void R123_an_answer_to_a_challenge_may_have_12288_octets_and_no_more() throws IOException {
    var wire = new Wire(new MemorySocket(new byte[0]), new Transcript());
    wire.response("A".repeat(12_286));
    assertThrows(ProtocolException.class, () -> wire.response("A".repeat(12_287)));
  }

  @Test
  void a_group_goes_out_as_one() throws IOException {
    var socket = new MemorySocket(new byte[0]);
    var wire = new Wire(socket, new Transcript());
    wire.command("MAIL FROM:<>");
    wire.command("DATA");
    assertEquals(0, socket.heard().length);
    wire.flush();
    assertEquals("MAIL FROM:<>\r\nDATA\r\n", new String(socket.heard(), StandardCharsets.US_ASCII));
  }

  /// Blocks are cut where the buffer is full; not an octet is lost or doubled there.
  @Test
  void R151_content_of_any_length_arrives_whole() throws IOException {
    for (var length : new int[] {0, 1, 16_383, 16_384, 16_385, 32_768, 32_769, 100_000}) {
      var socket = new MemorySocket(new byte[0]);
      var wire = new Wire(socket, new Transcript());
      var content = new byte[length + 3];
      for (var i = 0; i < content.length; i++) {
        content[i] = (byte) i;
      }
      wire.octets(content, 0, 3, () -> Duration.ofMinutes(5));
      wire.octets(content, 3, length, () -> Duration.ofMinutes(5));
      wire.flush(Duration.ofMinutes(5));
      assertArrayEquals(content, socket.heard());
    }
  }
}
