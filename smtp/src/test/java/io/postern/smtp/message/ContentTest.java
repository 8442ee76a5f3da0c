package io.postern.smtp.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What may go on the wire, and in which form.
class ContentTest {
  private static final String HEADER = "From: <jo@client.test>\r\n\r\n";
  private static final int CASES = 50_000;

  @Test
  void a_message_of_lines_is_sent() {
    assertNull(fault(HEADER + "Hello\r\n"));
    assertNull(fault(HEADER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb\r\n",
        "a\rb\r\n",
        "a\n",
        "a\r",
        "a",
        "a\r\n\n",
        "a\n\r\n",
        "\r\r\n",
        "a\0b\r\n"
      })
  void R150_what_could_end_a_line_otherwise_is_refused(String body) {
    assertNotNull(fault(HEADER + body));
  }

  /// The shapes by which one message was read as two (CVE-2023-51764 and its kind).
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\n.\n",
        "a\n.\r\nMAIL",
        "a\r.\r",
        "a\r\n.\n",
        "a\n.\r\n",
        "a\r.\r\n",
        "a\r\n.\r",
        "a\r\n\0.\r\n"
      })
  void R502_smuggling_is_refused(String body) {
    assertNotNull(fault(HEADER + body + "\r\n"));
  }

  @Test
  void R152_a_line_may_have_998_octets_and_no_more() {
    assertNull(fault(HEADER + "x".repeat(998) + "\r\n"));
    assertNotNull(fault(HEADER + "x".repeat(999) + "\r\n"));
    assertNotNull(fault(HEADER + "ü".repeat(500) + "\r\n"));
  }

  @Test
  void nothing_at_all_is_no_message() {
    assertNotNull(fault(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: a\r\nFrom: b\r\n\r\n",
        "From: a\r\nfrom: b\r\n\r\n",
        "From: a\r\nDate: b\r\nDATE: c\r\n\r\n",
        "From: a\r\nTo: b\r\nTo: c\r\n\r\n",
        "From: a\r\nMessage-ID: <b>\r\nMessage-ID: <c>\r\n\r\n",
        "From: a\r\nBcc: b\r\n\r\n",
        "From: a\r\nbcc:\r\n\r\n",
        "From: a\r\nno field\r\n\r\n",
        "From: a\r\n: empty\r\n\r\n",
        "From: a\r\nX Y: b\r\n\r\n",
        "From: a\r\nÄ: b\r\n\r\n",
        " folded at once\r\nFrom: a\r\n\r\n",
        "\tfolded at once\r\n\r\n"
      })
  void R260_a_header_that_breaks_the_rules_is_refused(String message) {
    assertNotNull(fault(message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: a\r\nSubject: b\r\n c\r\n\td\r\n\r\n",
        "From:a\r\nReceived: b\r\nReceived: c\r\n\r\n",
        "From: a\r\n\r\nFrom: b\r\nBcc: c\r\nno field\r\n",
        "From: a\r\nX-!#$: b\r\n"
      })
  void a_header_of_fields_is_sent(String message) {
    assertNull(fault(message));
  }

  @Test
  void R164_octets_above_127_are_noticed_and_where_they_stand() {
    assertFalse(content(HEADER + "Hello\r\n").isEightBit());
    assertTrue(content(HEADER + "Grüße\r\n").isEightBit());
    assertFalse(content(HEADER + "Grüße\r\n").hasEightBitHeader());
    assertTrue(content("Subject: Grüße\r\n\r\nHello\r\n").hasEightBitHeader());
    assertTrue(content("Subject: Grüße\r\n").hasEightBitHeader());
  }

  @Test
  void R163_the_size_is_that_without_stuffing() {
    assertEquals(32, content("From: <jo@client.test>\r\n\r\n.dot\r\n").size());
  }

  @Test
  void R151_a_dot_that_begins_a_line_gets_another() throws IOException {
    assertEquals("..a\r\n..\r\n...\r\nb.\r\n", wire(".a\r\n.\r\n..\r\nb.\r\n"));
  }

  /// Stuffed lines are read back as they were, a lone dot never stands inside, and the final dot
  /// ends the message where it should.
  @Test
  void R150_any_accepted_message_is_one_message_on_the_wire() throws IOException {
    var random = new Random(150);
    var alphabet = "..\r\n\r\n\r\nab \0\nü".getBytes(StandardCharsets.UTF_8);
    var accepted = 0;
    for (var i = 0; i < CASES; i++) {
      var body = new byte[random.nextInt(24)];
      for (var at = 0; at < body.length; at++) {
        body[at] = alphabet[random.nextInt(alphabet.length)];
      }
      var message = HEADER + new String(body, StandardCharsets.ISO_8859_1) + "\r\n";
      if (Content.fault(message.getBytes(StandardCharsets.ISO_8859_1)) != null) {
        continue;
      }
      accepted++;
      var sent = wire(message) + ".\r\n";
      assertEquals(sent.length() - 5, sent.indexOf("\r\n.\r\n"), message);
      assertFalse(sent.replace("\r\n", "").matches("(?s).*[\r\n\0].*"), message);
      assertEquals(message, unstuffed(sent.substring(0, sent.length() - 3)));
    }
    assertTrue(accepted > 1_000, "only " + accepted + " messages were accepted");
  }

  private static String unstuffed(String sent) {
    var out = new StringBuilder();
    for (var line : sent.split("\r\n", -1)) {
      out.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
    }
    return out.substring(0, out.length() - 2);
  }

  private static String wire(String message) throws IOException {
    var out = new ByteArrayOutputStream();
    Content.of(message.getBytes(StandardCharsets.ISO_8859_1)).writeTo(out::write);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static Content content(String message) {
    return Content.of(message.getBytes(StandardCharsets.UTF_8));
  }

  private static @org.jspecify.annotations.Nullable String fault(String message) {
    return Content.fault(message.getBytes(StandardCharsets.UTF_8));
  }
}
