package io.postern.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Host names as want them.
class HostNameTest {
  @ParameterizedTest
  @CsvSource({
    "smtp.Example.COM, smtp.example.com",
    "mail, mail",
    "smtp.example.com., smtp.example.com",
    "192.0.2.1, 192.0.2.1",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "[2001:db8::1], 2001:db8::1",
    "::1, ::1",
    "::, ::",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "bücher.example, xn--bcher-kva.example",
    "BÜCHER.example, xn--bcher-kva.example",
    "почта.рф, xn--80a1acny.xn--p1ai",
    "例え.テスト, xn--r8jz45g.xn--zckzah",
    "xn--fa-hia.de, xn--fa-hia.de",
    "r3---sn-abc.example, r3---sn-abc.example",
    "3com.example, 3com.example",
  })
  void R512_reads_names_and_literals_into_one_spelling(String typed, String ascii) {
    HostName name = HostName.parse(typed);

    assertEquals(ascii, name.ascii());
    assertEquals(name, HostName.parse(name.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " smtp.example.com",
        "smtp.example.com ",
        "smtp.example.com:587",
        "smtp://smtp.example.com",
        "https://example.com/",
        "user@example.com",
        "smtp.example.com/path",
        "a,b",
        ".example.com",
        "a..b",
        ".",
        "..",
        "-a.example",
        "a-.example",
        "a_b.example",
        "2130706433",
        "127.1",
        "0177.0.0.1",
        "0x7f.1",
        "0x7f000001",
        "127.0.0.256",
        "127.0.0.01",
        "1.2.3.4.5",
        "::ffff:127.0.0.1",
        "fe80::1%eth0",
        "[::1",
        "12345::",
        "a:b",
        "faß.de",
        "FAẞ.de",
        "βόλος.com",
        "a\u200Db.example",
        "a\u200Cb.example",
        "a\u00ADb.example",
        "a\u3002example",
        "ａ.example",
        "☕.example",
        "😀.example",
        "a\u202Eb.example",
        "a\r\nb.example",
        "a\u0000b",
        "\u0301a.example",
        "İ.example",
      })
  void R512_refuses_what_could_be_read_in_two_ways(String typed) {
    MalformedValueException refusal =
        assertThrows(MalformedValueException.class, () -> HostName.parse(typed));

    String sentence = String.valueOf(refusal.getMessage());
    assertTrue(sentence.endsWith("."), sentence);
    assertTrue(sentence.codePoints().allMatch(Printable::isHarmless));
  }

  @Test
  void an_ipv4_address_in_ipv6_form_is_told_how_it_is_written() {
    var refusal =
        assertThrows(MalformedValueException.class, () -> HostName.parse("::ffff:127.0.0.1"));
    assertEquals(
        "\"::ffff:127.0.0.1\" is an IPv4 address in IPv6 form; it is written 127.0.0.1.",
        refusal.getMessage());
  }

  @Test
  void an_address_is_written_short_and_without_its_zone() throws UnknownHostException {
    assertEquals("::1", HostName.of(InetAddress.ofLiteral("0:0:0:0:0:0:0:1")).ascii());
    assertEquals("192.0.2.1", HostName.of(InetAddress.ofLiteral("192.0.2.1")).ascii());
    var octets = InetAddress.ofLiteral("fe80::1").getAddress();
    assertEquals("fe80::1", HostName.of(Inet6Address.getByAddress("", octets, 1)).ascii());
  }

  @Test
  void length_limits_are_exact() {
    String label = "a".repeat(63);
    String longest = label + "." + label + "." + label + "." + "a".repeat(61);

    assertEquals(253, HostName.parse(longest).ascii().length());
    assertThrows(MalformedValueException.class, () -> HostName.parse(longest + "a"));
    assertThrows(MalformedValueException.class, () -> HostName.parse("a".repeat(64) + ".example"));
    assertThrows(MalformedValueException.class, () -> HostName.parse("a".repeat(1_000_000)));
  }

  @Test
  void canonical_form_is_demanded_of_whoever_builds_one_directly() {
    assertThrows(MalformedValueException.class, () -> new HostName("Example.COM"));
    assertThrows(MalformedValueException.class, () -> new HostName("a\r\nRCPT TO:<x@y>"));
  }

  @Test
  void addresses_are_told_from_names_and_bracketed_in_EHLO() {
    assertTrue(HostName.parse("192.0.2.1").isAddress());
    assertTrue(HostName.parse("::1").isAddress());
    assertFalse(HostName.parse("a1.example").isAddress());
    assertEquals("[192.0.2.1]", HostName.parse("192.0.2.1").inEhlo());
    assertEquals("[IPv6:::1]", HostName.parse("::1").inEhlo());
    assertEquals("mx.example", HostName.parse("mx.example").inEhlo());
  }
}
