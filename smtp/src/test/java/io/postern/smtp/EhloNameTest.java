package io.postern.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The name with which the client introduces itself.
class EhloNameTest {
  @ParameterizedTest
  @CsvSource({
    "Console.Example.COM, console.example.com",
    "bücher.example, xn--bcher-kva.example",
    "192.0.2.7, [192.0.2.7]",
    "2001:DB8::7, [IPv6:2001:db8::7]",
  })
  void R120_a_host_name_or_an_address_is_regular(String typed, String said) {
    var name = EhloName.parse(typed);

    assertEquals(said, name.inEhlo());
    assertEquals("", name.irregularity());
    assertEquals(name, EhloName.parse(name.text()));
  }

  @ParameterizedTest
  @CsvSource({
    "_, _",
    "app_1, app_1",
    "WIN_SRV.corp, win_srv.corp",
    "-web.example, -web.example",
    "a..b, a..b",
    "., .",
    "web.1, web.1",
    "127.1, 127.1",
  })
  void R120_what_machines_are_called_is_said_as_it_is_and_called_irregular(
      String typed, String said) {
    var name = EhloName.parse(typed);

    assertEquals(said, name.inEhlo());
    assertFalse(name.irregularity().isEmpty());
    assertEquals(name, EhloName.parse(name.text()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", "a\r\nMAIL", "a@b", "<a>", "a:b", "[x]", "$(hostname)", "ü_1"})
  void R120_anything_else_is_refused(String typed) {
    assertThrows(MalformedValueException.class, () -> EhloName.parse(typed));
  }

  /// Whatever is accepted is one word of letters, digits, hyphens, underscores, dots and what an
  /// address literal needs.
  @Test
  void R501_no_character_makes_it_more_than_one_word() {
    // Beyond U+3000 every 61st: a refusal costs microseconds.
    for (var codePoint = 0;
        codePoint <= Character.MAX_CODE_POINT;
        codePoint += codePoint < 0x3000 ? 1 : 61) {
      try {
        var said = EhloName.parse("a_" + Character.toString(codePoint) + "b").inEhlo();
        assertTrue(said.matches("[a-z0-9._-]+"), said);
      } catch (MalformedValueException _) {
        // Refused is as good.
      }
    }
  }

  @Test
  void R123_an_irregular_name_has_253_octets_at_most() {
    assertEquals(253, EhloName.parse("_".repeat(253)).inEhlo().length());
    assertThrows(MalformedValueException.class, () -> EhloName.parse("_".repeat(254)));
  }

  @Test
  void canonical_form_is_demanded_of_whoever_builds_one_directly() {
    assertThrows(MalformedValueException.class, () -> new EhloName("APP_1"));
  }
}
