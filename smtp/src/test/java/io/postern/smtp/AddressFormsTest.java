package io.postern.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One spelling per host and address (R-504, R-512).
class AddressFormsTest {
  @ParameterizedTest
  @CsvSource({
    "ops@example.com, ops@example.com",
    "Ops.Team+tag@EXAMPLE.com, Ops.Team+tag@example.com",
    "o'brien@example.com., o'brien@example.com",
    "ops@bücher.example, ops@xn--bcher-kva.example",
    "jörg@example.com, jörg@example.com",
  })
  void addresses_have_one_form(String typed, String form) {
    assertEquals(form, Mailbox.parse(typed).toString());
    assertEquals(Mailbox.parse(typed), Mailbox.parse(form));
  }

  @Test
  void a_quoted_local_part_keeps_its_blank_and_its_quotes() {
    var mailbox = Mailbox.parse("\"a \\\" b\"@example.com");
    assertEquals("a \" b", mailbox.localPart());
    assertEquals(mailbox, Mailbox.parse(mailbox.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ops",
        "@example.com",
        "ops@",
        "ops@@example.com",
        "a b@example.com",
        ".a@example.com",
        "a..b@example.com",
        "a.@example.com",
        "ops@example..com",
        "ops@-example.com",
        "ops@[192.0.2.1]",
        "ops@192.0.2.1",
        "Ops <ops@example.com>",
        "a@example.com,b@example.com",
        "ops@exam\u200bple.com",
        "ops@stra\u00dfe.example",
        "a\r\nRCPT TO:<b@c.example>@d.example",
        "\"a@example.com",
        "\"\"@example.com",
        "\"a\rb\"@example.com",
        "ops@exa\u202emple.com",
        "ops@\ud83d\ude00.example"
      })
  void what_is_no_single_address_is_refused_with_a_sentence(String typed) {
    var refusal = assertThrows(MalformedValueException.class, () -> Mailbox.parse(typed));
    assertTrue(String.valueOf(refusal.getMessage()).endsWith("."), refusal.getMessage());
    assertTrue(String.valueOf(refusal.getMessage()).chars().noneMatch(Character::isISOControl));
  }

  @Test
  void the_local_part_ends_at_64_octets() {
    assertEquals(64, Mailbox.parse("a".repeat(64) + "@example.com").localPart().length());
    assertThrows(
        MalformedValueException.class, () -> Mailbox.parse("a".repeat(65) + "@example.com"));
    assertThrows(
        MalformedValueException.class, () -> Mailbox.parse("é".repeat(33) + "@example.com"));
  }

  @Test
  void labels_end_at_63_characters_and_names_at_253() {
    assertEquals(67, HostName.parse("a".repeat(63) + ".com").ascii().length());
    assertThrows(MalformedValueException.class, () -> HostName.parse("a".repeat(64) + ".com"));
    var name = ("a".repeat(49) + ".").repeat(5);
    assertEquals(253, HostName.parse(name + "abc").ascii().length());
    assertThrows(MalformedValueException.class, () -> HostName.parse(name + "abcd"));
  }

  @ParameterizedTest
  @CsvSource({
    "SMTP.Example.COM., smtp.example.com",
    "192.0.2.1, 192.0.2.1",
    "[192.0.2.1], 192.0.2.1",
    "localhost, localhost",
    "xn--bcher-kva.example, xn--bcher-kva.example",
  })
  void host_names_have_one_form(String typed, String form) {
    assertEquals(form, HostName.parse(typed).ascii());
  }

  /// F-008: what C resolvers and Java read differently is no host name.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "127.1",
        "0177.0.0.1",
        "0x7f.1",
        "192.0.2.256",
        "smtp://example.com",
        "example.com:587",
        "a b",
        "",
        ".",
        "a..b",
        "fe80::1%eth0",
        "example.com/path",
        "user@example.com"
      })
  void strange_hosts_are_refused(String typed) {
    assertThrows(MalformedValueException.class, () -> HostName.parse(typed));
  }

  @Test
  void ipv6_literals_are_addresses() {
    assertTrue(HostName.parse("[2001:db8::1]").isAddress());
    assertEquals(HostName.parse("2001:DB8:0:0::1"), HostName.parse("[IPv6:2001:db8::1]"));
  }

  @Test
  void a_megabyte_is_refused_at_once() {
    assertThrows(
        MalformedValueException.class, () -> Mailbox.parse("a".repeat(1_000_000) + "@example.com"));
  }
}
