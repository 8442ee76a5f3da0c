package io.postern.smtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What EHLO says, and xtext (RFC 3461 section 4, R-167).
class ExtensionsTest {
  @Test
  void R122_keywords_have_no_case_repeats_are_merged_and_the_first_line_is_none() {
    var extensions = of("SIZE 1", "auth Login", "AUTH=PLAIN LOGIN", "StartTls", "X-unknown a=b");
    assertTrue(extensions.has("STARTTLS"));
    assertEquals(List.of("LOGIN", "PLAIN"), extensions.parameters("AUTH"));
    assertEquals(0, Extensions.of(new Reply(250, null, List.of("SIZE 5"))).sizeLimit());
  }

  @ParameterizedTest(name = "SIZE {0}: {1}")
  @CsvSource({
    "0, 0",
    "1, 1",
    "35882577, 35882577",
    "999999999999999999, 999999999999999999",
    "9999999999999999999, 0",
    "1e9, 0",
    "-5, 0",
    "5 6, 0",
    "'', 0"
  })
  void R163_a_size_is_a_number_or_no_limit(String parameter, long limit) {
    assertEquals(limit, of("SIZE " + parameter).sizeLimit());
  }

  @ParameterizedTest(name = "LIMITS {0}: {1}")
  @CsvSource({
    "MAILMAX=1, 1",
    "RCPTMAX=5 MAILMAX=20, 20",
    "mailmax=20, 20",
    "MAILMAX=x, 0",
    "MAILMAX=0, 0",
    "MAILMAX=-1, 0",
    "MAILMAX=1000000, 0",
    "XMAILMAX=1, 0",
    "'', 0"
  })
  void R169_a_limit_is_a_number_above_zero_or_none(String parameters, int limit) {
    assertEquals(limit, of("LIMITS " + parameters).limit("MAILMAX"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"abc, abc", "a+b=c, a+2Bb+3Dc", "a b, a+20b", "é, +C3+A9", "'', ''"})
  void R167_xtext_escapes_what_it_must(String text, String expected) {
    assertEquals(expected, Parameters.xtext(text));
  }

  private static Extensions of(String... keywords) {
    var lines = new java.util.ArrayList<>(List.of("mx.test greets you"));
    lines.addAll(List.of(keywords));
    return Extensions.of(new Reply(250, null, lines));
  }
}
