package io.postern.smtp.session;

import io.postern.smtp.Mailbox;
import io.postern.smtp.message.Content;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// MAIL and RCPT with the parameters that the server offers and the message needs.
final class Parameters {
  /// RFC 3461 section 4.4, in the form on the wire.
  private static final int ENVID_CHARACTERS_MAX = 100;

  /// RFC 5321 section 4.5.3.1.4, without CRLF.
  private static final int LINE_OCTETS_MAX = 510;

  private final Extensions extensions;

  Parameters(Extensions extensions) {
    this.extensions = extensions;
  }

  /// MAIL of a probe, without content.
  String probe(Mailbox reversePath, @Nullable Mailbox recipient) {
    return "MAIL FROM:<"
        + reversePath
        + ">"
        + utf8(reversePath.needsSmtpUtf8() || (recipient != null && recipient.needsSmtpUtf8()));
  }

  /// RCPT of a probe.
  String probe(Mailbox recipient) {
    return "RCPT TO:<" + recipient + ">";
  }

  /// SIZE counts the octets without stuffing (RFC 1870 section 6); what cannot be delivered comes
  /// back with its header only (RFC 3461 section 4.3).
  String mail(Envelope envelope, Content content) {
    var line = new StringBuilder("MAIL FROM:<").append(envelope.reversePath()).append('>');
    if (extensions.has("SIZE")) {
      line.append(" SIZE=").append(content.size());
    }
    if (content.isEightBit()) {
      line.append(" BODY=8BITMIME");
    }
    line.append(
        utf8(
            envelope.reversePath().needsSmtpUtf8()
                || envelope.recipient().needsSmtpUtf8()
                || content.hasEightBitHeader()));
    if (extensions.has("DSN")) {
      line.append(" RET=HDRS");
      var id = xtext(envelope.id());
      if (!id.isEmpty() && id.length() <= ENVID_CHARACTERS_MAX) {
        line.append(" ENVID=").append(id);
      }
    }
    return line.toString();
  }

  /// RFC 3461: a delivery status is asked for only where the server knows how.
  String rcpt(Mailbox recipient) {
    if (!extensions.has("DSN")) {
      return probe(recipient);
    }
    var line = probe(recipient) + " NOTIFY=FAILURE,DELAY";
    var original = " ORCPT=rfc822;" + xtext(recipient.toString());
    // An address of RFC 6531 has another form there, which nobody reads; and a line has its limit.
    return recipient.needsSmtpUtf8() || line.length() + original.length() > LINE_OCTETS_MAX
        ? line
        : line + original;
  }

  private static String utf8(boolean needed) {
    return needed ? " SMTPUTF8" : "";
  }

  /// RFC 3461 section 4.
  static String xtext(String text) {
    var out = new StringBuilder();
    for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (octet > ' ' && octet < 0x7f && octet != '+' && octet != '=') {
        out.append((char) octet);
      } else {
        out.append("+%02X".formatted(octet & 0xff));
      }
    }
    return out.toString();
  }
}
