package io.postern.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.diagnosis.Explanation;
import io.postern.smtp.diagnosis.PastedReply;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaperTest {
  @Test
  void lines_end_at_words_and_go_on_indented() {
    var text = "  1. Create an app password in the security settings of the account.";
    assertEquals(
        "  1. Create an app password in the\n     security settings of the account.",
        new Paper(40, false).wrap(text, 5));
  }

  @Test
  void a_line_that_just_fits_stays_one_and_one_more_breaks() {
    var fits = "a ".repeat(19) + "bb";
    assertEquals(40, fits.length());
    assertEquals(fits, new Paper(40, false).wrap(fits, 2));
    assertEquals("a ".repeat(18) + "a\n  bbb", new Paper(40, false).wrap(fits + "b", 2));
  }

  @Test
  void a_word_longer_than_the_line_stays_whole() {
    var address = "https://support.example.com/" + "x".repeat(60);
    assertEquals("see\n  " + address, new Paper(40, false).wrap("see " + address, 2));
  }

  @Test
  void a_pipe_is_endlessly_wide_and_has_no_color() {
    assertEquals(Paper.PLAIN, Paper.of(Map.of("COLUMNS", "80"), false));
    assertEquals("x", Paper.PLAIN.paint("31", "x"));
  }

  @Test
  void an_explanation_fits_a_narrow_terminal() {
    var text = new StringWriter();
    var reply = PastedReply.parse("535 5.7.139 Authentication unsuccessful, basic authentication");
    var explanation = Explanation.of(reply, null, null, Instant.EPOCH);
    new ExplanationPrinter(new PrintWriter(text, true), new Paper(40, false))
        .explained(explanation);
    assertTrue(
        text.toString()
            .lines()
            .filter(line -> !line.contains("https://"))
            .allMatch(line -> line.length() <= 40),
        text::toString);
    assertTrue(text.toString().contains("\n     "), text::toString);
  }
}
