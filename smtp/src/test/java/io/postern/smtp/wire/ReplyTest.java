package io.postern.smtp.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.EnhancedStatus;
import io.postern.smtp.Reply;
import io.postern.smtp.fixtures.MemorySocket;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Octets to replies (RFC 5321 section 4.2; ).
class ReplyTest {
  private static final int CASES = 20_000;

  @Test
  void R101_of_all_codes_those_of_two_to_five_are_replies() throws IOException {
    for (var code = 0; code < 1_000; code++) {
      var line = "%03d ok\r\n".formatted(code);
      if (code >= 200 && code < 600) {
        assertEquals(code, read(line).code());
      } else {
        assertThrows(ProtocolException.class, () -> read(line), line);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "25 ok\r\n",
        "2500 ok\r\n",
        "abc ok\r\n",
        "2x0 ok\r\n",
        "250+ok\r\n",
        " 250 ok\r\n",
        "\r\n",
        "-250\r\n",
        "２５０ ok\r\n"
      })
  void R101_what_has_no_code_of_three_digits_is_no_reply(String line) {
    assertThrows(ProtocolException.class, () -> read(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"250\r\n", "250 \r\n"})
  void R102_a_code_alone_is_a_reply_with_an_empty_line(String line) throws IOException {
    assertEquals(new Reply(250, null, List.of("")), read(line));
  }

  @Test
  void R103_the_lines_of_a_reply_stay_lines() throws IOException {
    assertEquals(
        new Reply(250, null, List.of("mx.test", "", "HELP")),
        read("250-mx.test\r\n250-\r\n250 HELP\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "250 2.1.0, 2.1.0, ''",
    "250 2.1.0 Ok, 2.1.0, Ok",
    "550 5.7.139 No, 5.7.139, No",
    "451 4.999.999 Later, 4.999.999, Later",
    "550 2.0.0 No, , 2.0.0 No",
    "550 5.1. No, , 5.1. No",
    "550 5.1.1111 No, , 5.1.1111 No",
    "550 5..1 No, , 5..1 No",
    "550 5.1.1.1 No, , 5.1.1.1 No",
    "550 5.1.x No, , 5.1.x No",
    "550 5.1.1No, , 5.1.1No",
    "354 3.1.1 Go, , 3.1.1 Go",
  })
  void R107_an_enhanced_code_counts_only_when_it_is_one(
      String line, @Nullable String enhanced, String text) throws IOException {
    var reply = read(line + "\r\n");
    var status = reply.enhanced();
    assertEquals(enhanced, status == null ? null : status.toString());
    assertEquals(text, reply.text());
  }

  @Test
  void an_enhanced_code_of_every_line_is_told_once() throws IOException {
    assertEquals(
        new Reply(550, new EnhancedStatus(5, 7, 1), List.of("Not", "yours")),
        read("550-5.7.1 Not\r\n550 5.7.1 yours\r\n"));
  }

  @Test
  void R106_text_is_utf_8_or_octets() throws IOException {
    assertEquals("für", read("250 für\r\n").text());
    var latin = "250 für\r\n".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals("f\\xFCr", read(new MemorySocket(latin)).text());
  }

  @Test
  void R106_what_could_steer_a_terminal_is_escaped() throws IOException {
    assertEquals(
        "\\x1B[2J\\x{202E}\\x{2028}\\x7F\\x9B<b>",
        read("250 \u001b[2J\u202e\u2028\u007f\u009b<b>\r\n").text());
  }

  @Test
  void R105_a_line_may_have_2048_octets_and_no_more() throws IOException {
    assertEquals(2_042, read("250 " + "x".repeat(2_042) + "\r\n").text().length());
    assertThrows(ProtocolException.class, () -> read("250 " + "x".repeat(2_043) + "\r\n"));
  }

  @Test
  void R105_a_challenge_may_have_12288_octets_and_no_more() throws IOException {
    assertEquals(12_282, read("334 " + "A".repeat(12_282) + "\r\n").text().length());
    assertThrows(ProtocolException.class, () -> read("334 " + "A".repeat(12_283) + "\r\n"));
  }

  @Test
  void R105_a_reply_may_have_100_lines_and_no_more() throws IOException {
    assertEquals(100, read("250-x\r\n".repeat(99) + "250 x\r\n").lines().size());
    assertThrows(ProtocolException.class, () -> read("250-x\r\n".repeat(100) + "250 x\r\n"));
  }

  @Test
  void R105_a_reply_may_have_65536_octets_and_no_more() throws IOException {
    var lines = "250-" + "x".repeat(2_042) + "\r\n";
    var whole = lines.repeat(31) + "250-" + "x".repeat(2_035) + "\r\n250 \r\n";
    assertEquals(65_536 - 1, whole.length());
    assertEquals(33, read(whole).lines().size());
    assertEquals(33, read(whole.replace("250 \r\n", "250 x\r\n")).lines().size());
    assertThrows(ProtocolException.class, () -> read(whole.replace("250 \r\n", "250 xx\r\n")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"250 ok\n", "250 ok\r250 ok\r\n", "250 ok\r\r\n", "250 o\0k\r\n", "\n"})
  void R104_only_crlf_ends_a_line(String octets) {
    assertThrows(ProtocolException.class, () -> read(octets));
  }

  @Test
  void an_end_inside_a_reply_is_an_end() {
    for (var octets : List.of("", "2", "250", "250 ok", "250 ok\r", "250-ok\r\n", "250-ok\r\n25")) {
      assertThrows(EOFException.class, () -> read(octets), octets);
    }
  }

  /// Whatever is printed as a reply is read as that reply, however the octets arrive.
  @Test
  void any_reply_comes_back_from_the_wire_in_any_pieces() throws IOException {
    var random = new Random(2026);
    for (var i = 0; i < CASES; i++) {
      var code = 200 + random.nextInt(400);
      var lines = new ArrayList<String>();
      var octets = new ByteArrayOutputStream();
      for (var left = random.nextInt(4); left >= 0; left--) {
        var text =
            "x"
                + random
                    .ints(random.nextInt(30), ' ', 0x7f)
                    .collect(
                        StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        lines.add(text);
        octets.writeBytes(
            (code + (left == 0 ? " " : "-") + text + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
      var socket = new MemorySocket(octets.toByteArray(), 1 + random.nextInt(20));
      assertEquals(new Reply(code, null, lines), read(socket));
    }
  }

  /// Any octets end in a reply, in a broken rule or in the end of the connection, and in nothing
  /// else.
  @Test
  void R530_any_octets_end_well() {
    var random = new Random(530);
    var alphabet = "0123456789- \r\n\0\t\u001b.xé".getBytes(StandardCharsets.UTF_8);
    for (var i = 0; i < CASES; i++) {
      var octets = new byte[random.nextInt(60)];
      for (var at = 0; at < octets.length; at++) {
        octets[at] =
            random.nextInt(8) == 0
                ? (byte) random.nextInt()
                : alphabet[random.nextInt(alphabet.length)];
      }
      try {
        var reply = read(new MemorySocket(octets, 1 + random.nextInt(9)));
        assertTrue(reply.code() >= 200 && reply.code() < 600);
        assertTrue(reply.text().codePoints().allMatch(io.postern.smtp.Printable::isHarmless));
      } catch (ProtocolException e) {
        assertTrue(!Objects.requireNonNull(e.getMessage()).isEmpty() && e.first().length <= 64);
      } catch (IOException e) {
        assertEquals(EOFException.class, e.getClass());
      }
    }
  }

  @Test
  void a_reply_without_an_enhanced_code_has_none() throws IOException {
    assertNull(read("250 Ok\r\n").enhanced());
  }

  private static Reply read(String octets) throws IOException {
    return read(new MemorySocket(octets.getBytes(StandardCharsets.UTF_8)));
  }

  private static Reply read(MemorySocket socket) throws IOException {
    return new Wire(socket, new Transcript()).read(Deadline.after(Duration.ofDays(1), () -> 0));
  }
}
