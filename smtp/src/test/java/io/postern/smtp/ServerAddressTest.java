package io.postern.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is pasted into Outgoing Server and holds more than a host.
class ServerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "smtp.example.com:587, smtp.example.com, 587, ''",
    "smtp://smtp.example.com, smtp.example.com, '', ''",
    "smtps://smtp.example.com, smtp.example.com, 465, tls",
    "SSL://smtp.example.com:10465/, smtp.example.com, 10465, tls",
    "smtps://jo:secret@smtp.example.com:465?x=y, smtp.example.com, 465, tls",
    "smtp://[::1]:25, ::1, 25, ''",
    "smtps://[2001:db8::1], 2001:db8::1, 465, tls",
    "[::1]:25, ::1, 25, ''",
    "[192.0.2.1]:25, 192.0.2.1, 25, ''",
    "192.0.2.1:25, 192.0.2.1, 25, ''",
    "::1:18325, ::1, 18325, ''",
    "2001:db8:1:2:3:4:5:6:587, 2001:db8:1:2:3:4:5:6, 587, ''",
  })
  void the_parts_of_what_was_pasted(String pasted, String host, String port, String security) {
    var parts = Objects.requireNonNull(ServerAddress.read(pasted));

    assertEquals(host, parts.host());
    assertEquals(port, parts.port());
    assertEquals(security, parts.security() == null ? "" : parts.security().word());
  }

  @ParameterizedTest
  @CsvSource({
    "smtps://user%40x.test:pw@mail.lab.test:465/, user@x.test, pw",
    "smtp://user@x.test:p@ss@mail.lab.test, user@x.test, p@ss",
    "smtp://user:a+b%3A%2Fc@mail.lab.test, user, a+b:/c",
    "smtp://user:100%@mail.lab.test, user, 100%",
    "smtp://user@mail.lab.test, user, ''",
    "smtp://:pw@mail.lab.test, '', pw",
    "smtp://mail.lab.test, '', ''",
    "mail.lab.test:25, '', ''",
  })
  void the_sign_in_of_what_was_pasted(String pasted, String username, String password) {
    var parts = Objects.requireNonNull(ServerAddress.read(pasted));

    assertEquals("mail.lab.test", parts.host());
    assertEquals(username, parts.username());
    assertEquals(password, parts.password().reveal());
  }

  @Test
  void the_password_is_not_printed() {
    assertEquals(
        -1,
        String.valueOf(ServerAddress.read("smtp://u:hunter2@mail.lab.test")).indexOf("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "smtp.example.com",
        "::1",
        "[::1]",
        "[::1",
        "2001:db8::1",
        "::1:25",
        "2001:db8:1:2:3:4:5:587",
        "::g:18325",
        "[::1]:",
        "a:b",
        "smtp://",
        "smtp.example.com:587\r\n25",
      })
  void a_host_alone_or_nothing_of_the_kind_has_no_parts(String pasted) {
    assertNull(ServerAddress.read(pasted));
  }

  @Test
  void a_line_break_is_called_by_its_name() {
    for (var typed : new String[] {"smtp.example.com\r\n25", "a\nb", "a b\n", "a\u2028b"}) {
      var refusal = assertThrows(MalformedValueException.class, () -> HostName.parse(typed));
      assertEquals("\"" + Printable.of(typed) + "\" " + words(typed), refusal.getMessage(), typed);
    }
  }

  private static String words(String typed) {
    // The first character that cannot stand in a host name gives the reason.
    return typed.startsWith("a b")
        ? "contains a blank; a host name has none."
        : "contains a line break; a host name is one line.";
  }
}
