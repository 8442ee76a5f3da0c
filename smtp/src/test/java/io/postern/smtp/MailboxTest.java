package io.postern.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The one address parser (R-504, R-267).
class MailboxTest {
  @Test
  void R504_keeps_the_local_part_and_lowers_the_domain() {
    Mailbox mailbox = Mailbox.parse("First.Last+tag@Example.COM");

    assertEquals("First.Last+tag", mailbox.localPart());
    assertEquals("First.Last+tag@example.com", mailbox.toString());
  }

  @Test
  void R504_every_printable_sign_of_the_grammar_is_taken() {
    String signs = "!#$%&'*+-/=?^_`{|}~";

    assertEquals(signs + "@x.example", Mailbox.parse(signs + "@x.example").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '|',
      value = {
        "\"a b\"@x.example ~ a b ~ \"a b\"@x.example",
        "\"a@b\"@x.example ~ a@b ~ \"a@b\"@x.example",
        "\"a\\\"b\"@x.example ~ a\"b ~ \"a\\\"b\"@x.example",
        "\"a\\b\"@x.example ~ ab ~ ab@x.example",
        "\"a\\\\b\"@x.example ~ a\\b ~ \"a\\\\b\"@x.example",
        "\"ab\"@x.example ~ ab ~ ab@x.example",
        "\".a\"@x.example ~ .a ~ \".a\"@x.example",
      })
  void R504_quoted_local_parts_are_one_mailbox_however_typed(
      String typed, String local, String printed) {
    Mailbox mailbox = Mailbox.parse(typed);

    assertEquals(local, mailbox.localPart());
    assertEquals(printed, mailbox.toString());
    assertEquals(mailbox, Mailbox.parse(mailbox.toString()));
  }

  @Test
  void R165_only_a_local_part_beyond_ASCII_needs_SMTPUTF8() {
    assertTrue(Mailbox.parse("jürgen@bücher.example").needsSmtpUtf8());
    assertEquals("jurgen@xn--bcher-kva.example", Mailbox.parse("jurgen@bücher.example").toString());
    assertTrue(!Mailbox.parse("jurgen@bücher.example").needsSmtpUtf8());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ops",
        "@example.com",
        "ops@",
        "ops@@example.com",
        "a@b@example.com",
        "a@example.com,b@example.com",
        "a@example.com;b@example.com",
        "Ops <ops@example.com>",
        "<ops@example.com>",
        "ops@[192.0.2.1]",
        "ops@192.0.2.1",
        "ops@exa mple.com",
        " ops@example.com",
        "ops@example.com ",
        ".ops@example.com",
        "ops.@example.com",
        "o..ps@example.com",
        "o ps@example.com",
        "ops(comment)@example.com",
        "\"ops@example.com",
        "\"\"@example.com",
        "\"o\"ps@example.com",
        "\"ops\" @example.com",
        "\"a\r\nb\"@example.com",
        "\"a\\\"@example.com",
        "\"a\\\\\"@example.com",
        "\"a\\é\"@example.com",
        "ops\r\n@example.com",
        "ops\u0000@example.com",
        "o\u202Eps@example.com",
        "o\u200Bps@example.com",
        "o\u00A0ps@example.com",
        "o\uFF20ps@example.com",
        "o\uD800ps@example.com",
        "@relay.example:ops@example.com",
        "ops@localhost:25",
        "ops@example.com/x",
        "ops@https://example.com",
        "xn--\u0430@example.com\u2028",
      })
  void R267_refuses_all_else_with_a_sentence(String typed) {
    MalformedValueException refusal =
        assertThrows(MalformedValueException.class, () -> Mailbox.parse(typed));

    String sentence = String.valueOf(refusal.getMessage());
    assertTrue(sentence.endsWith("."), sentence);
    assertTrue(sentence.codePoints().allMatch(Printable::isHarmless));
    assertFalse(sentence.contains("field") || sentence.contains("only the host"), sentence);
  }

  @Test
  void R123_size_limits_are_exact() {
    String local = "a".repeat(64);
    String domain = "b".repeat(63) + "." + "c".repeat(63) + "." + "d".repeat(61);

    assertEquals(254, Mailbox.parse(local + "@" + domain).toString().length());
    assertThrows(MalformedValueException.class, () -> Mailbox.parse(local + "@" + domain + "d"));
    assertThrows(MalformedValueException.class, () -> Mailbox.parse("a".repeat(65) + "@x.example"));
    assertThrows(MalformedValueException.class, () -> Mailbox.parse("é".repeat(33) + "@x.example"));
  }

  @ParameterizedTest
  @CsvSource({"80,false", "81,true"})
  void R267_a_sentence_quotes_320_characters_at_most(int controls, boolean cut) {
    String typed = "\0".repeat(controls);

    MalformedValueException refusal =
        assertThrows(MalformedValueException.class, () -> Mailbox.parse(typed));

    String sentence = String.valueOf(refusal.getMessage());
    assertEquals(cut, sentence.startsWith("\"" + "\\x00".repeat(80) + "\u2026\""), sentence);
    assertEquals(!cut, sentence.startsWith("\"" + "\\x00".repeat(80) + "\""), sentence);
  }

  @Test
  void R267_a_quotation_is_not_cut_within_a_character() {
    String typed = "\0".repeat(79) + "abc\uD83D\uDE00" + "\0";

    MalformedValueException refusal =
        assertThrows(MalformedValueException.class, () -> Mailbox.parse(typed));

    String sentence = String.valueOf(refusal.getMessage());
    assertTrue(sentence.startsWith("\"" + "\\x00".repeat(79) + "abc\u2026\""), sentence);
  }

  @Test
  void R504_a_megabyte_is_refused_at_once() {
    String huge = "\"\\".repeat(500_000) + "@x.example";

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThrows(MalformedValueException.class, () -> Mailbox.parse(huge)));
  }

  /// Whatever is accepted prints to something that reads back as the same mailbox, and never
  /// contains a line break.
  @Test
  void R504_what_is_read_prints_and_reads_again() {
    SplittableRandom random = new SplittableRandom(504);
    String alphabet = "ab.@\"\\ <>,+-é\u4E0Aß\r\n\t(:[]1";
    int accepted = 0;
    for (int round = 0; round < 300_000; round++) {
      StringBuilder typed = new StringBuilder();
      for (int length = random.nextInt(1, 12); length > 0; length--) {
        typed.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      typed.append(random.nextBoolean() ? "@x.example" : "");
      Mailbox mailbox;
      try {
        mailbox = Mailbox.parse(typed.toString());
      } catch (MalformedValueException _) {
        // Refused with a sentence: the other allowed end.
        continue;
      }
      accepted++;
      assertEquals(mailbox, Mailbox.parse(mailbox.toString()));
      assertTrue(mailbox.toString().codePoints().allMatch(Printable::isHarmless));
    }
    assertTrue(accepted > 1_000, "too few accepted to mean anything: " + accepted);
  }
}
