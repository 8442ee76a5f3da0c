package io.postern.console.letters;

import io.postern.smtp.Mailbox;
import io.postern.smtp.message.Content;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/// Whatever stands in a name, a subject or a text, the message has the fields that it should have
/// and no other, and may go on the wire.
///
/// The input, in UTF-16 so that half surrogate pairs come up: the sender's name, the subject and
/// the text, parted by U+FFFF.
public final class HeaderFuzz {
  private static final List<String> FIELDS =
      List.of(
          "Date",
          "From",
          "Reply-To",
          "To",
          "Message-ID",
          "Subject",
          "MIME-Version",
          "Content-Type",
          "Content-Transfer-Encoding",
          "Auto-Submitted");

  private HeaderFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws MessagingException {
    var parts = parts(input);
    var header =
        new Mime.Header(
            Mailbox.parse("postern@mail.example.com"),
            parts.get(0),
            Mailbox.parse("help@example.com"),
            Mailbox.parse("ada@example.com"),
            "<id@mail.example.com>",
            Instant.parse("2026-11-24T12:00:00Z"));
    var octets = Mime.pack(new RenderedLetter(parts.get(1), lines(parts.get(2)), null), header);
    var fault = Content.fault(octets);
    demand(fault == null, String.valueOf(fault));
    var message =
        new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
    for (var line : Collections.list(message.getAllHeaderLines())) {
      demand(FIELDS.contains(line.substring(0, line.indexOf(':'))), "an own field: " + line);
    }
    demand(message.getFrom().length == 1, "one sender");
    demand(
        ((InternetAddress) message.getFrom()[0]).getAddress().equals("postern@mail.example.com"),
        "our sender");
    demand(message.getAllRecipients().length == 1, "one recipient");
    demand(
        message.getAllRecipients()[0].toString().equals("ada@example.com"), "the right recipient");
    demand(message.getMessageID().equals("<id@mail.example.com>"), "our identifier");
  }

  /// As the press gives it: CR LF ends lines, nothing else does.
  private static String lines(String text) {
    return String.join("\r\n", text.lines().toList()) + "\r\n";
  }

  private static List<String> parts(byte[] input) {
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    for (var i = 0; i + 1 < input.length; i += 2) {
      var unit = (char) ((input[i] & 0xff) << 8 | (input[i + 1] & 0xff));
      if (unit == '\uffff' && parts.size() < 2) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(unit);
      }
    }
    parts.add(part.toString());
    while (parts.size() < 3) {
      parts.add("");
    }
    return parts;
  }

  private static void demand(boolean held, String what) {
    if (!held) {
      throw new AssertionError("broken: " + what);
    }
  }
}
