package io.postern.smtp.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FirstLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "220 mx.example.com ESMTP|220 mx.example.com ESMTP",
        "554-no service for you|554-no service for you",
        "220mx.example.com|220mx.example.com",
        "SSH-2.0-OpenSSH_9.9 build 77|SSH-",
        "ssh-1.99-x|SSH-",
        "HTTP/1.1 400 Bad Request|HTTP/",
        "<html><title>Router of the cellar|<HTML",
        "* OK [CAPABILITY IMAP4rev1] Dovecot at db7.internal|* OK",
        "+OK POP3 <1896.697170952@dbc.internal>|+OK",
        "RFB 003.008|RFB 0",
        "-NOAUTH Authentication required|something that is no SMTP",
        "J\\x00\\x00\\x005.7.44-secret|something that is no SMTP",
        "120 ready in 5 minutes|something that is no SMTP",
        "620 beyond|something that is no SMTP",
        "~~|~~"
      })
  void R516_of_a_line_that_is_no_reply_only_the_class_is_kept(String line, String kept) {
    assertEquals(kept, FirstLine.kept(line));
    assertEquals(FirstLine.service(line), FirstLine.service(FirstLine.kept(line)));
  }
}
