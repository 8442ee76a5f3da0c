package io.postern.smtp.check;

import io.postern.smtp.Mailbox;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// The message of a check with depth *message*: short, plain, 7-bit, and honest about what it is
/// (RFC 5322, RFC 3834).
final class TestMessage {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

  private TestMessage() {}

  /// @param link where its reader can say that it arrived (ASCII); empty: nowhere
  static byte[] of(Mailbox from, Mailbox to, String link, Instant now, RandomGenerator random) {
    var chance = new byte[16];
    random.nextBytes(chance);
    var text =
        """
        Date: %s
        From: <%s>
        To: <%s>
        Subject: Test of the outgoing mail settings
        Message-ID: <%s@%s>
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: text/plain; charset=us-ascii
        Content-Transfer-Encoding: 7bit

        This message was sent by Postern to check the settings for outgoing mail.
        Its arrival shows that the relay takes mail from this instance.
        %s
        """
            .formatted(
                DATE.format(now.atOffset(ZoneOffset.UTC)),
                from,
                to,
                HexFormat.of().formatHex(chance),
                from.domain(),
                link.isEmpty() ? "Nothing needs to be done." : request(link));
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String request(String link) {
    return """

    To tell the console that it arrived, open this address and press the button there:

    %s

    It works once. Nothing else needs to be done.\
    """
        .formatted(link);
  }
}
