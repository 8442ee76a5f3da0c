package io.postern.bench;

import java.nio.charset.StandardCharsets;

/// The message that everybody sends: 2 KiB with its header, as smtp-source makes it.
final class Message {
  static final String SUBJECT = "A message of two kibibytes";
  private static final String LINE =
      "A line of a letter as the platform's other parts send them, of 78 octets.....\r\n";

  private Message() {}

  /// What stands below the header.
  static String text() {
    return LINE.repeat(23);
  }

  /// The whole message with CRLF line ends.
  static byte[] stored() {
    var header =
        """
        From: console@bench.test
        To: someone@bench.test
        Subject: %s
        Date: Thu, 26 Nov 2026 12:00:00 +0000
        Message-ID: <0123456789abcdef@bench.test>
        MIME-Version: 1.0

        """
            .formatted(SUBJECT)
            .replace("\n", "\r\n");
    return (header + text()).getBytes(StandardCharsets.US_ASCII);
  }
}
