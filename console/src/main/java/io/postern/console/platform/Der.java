package io.postern.console.platform;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// As much DER (X.690) as a certificate of one's own making needs: the JDK reads certificates, and
/// makes none.
final class Der {
  static final byte[] TRUE = element(0x01, new byte[] {(byte) 0xff});

  /// RFC 5280 section 4.1.2.5.1: two digits of the year, until 2049.
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final int SHORT_MAX = 0x7f;

  private Der() {}

  static byte[] element(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (var part : parts) {
      content.writeBytes(part);
    }
    var element = new ByteArrayOutputStream();
    element.write(tag);
    element.writeBytes(length(content.size()));
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }

  static byte[] sequence(byte[]... parts) {
    return element(0x30, parts);
  }

  static byte[] set(byte[] content) {
    return element(0x31, content);
  }

  static byte[] octets(byte[] content) {
    return element(0x04, content);
  }

  static byte[] bits(int unused, byte[] content) {
    return element(0x03, new byte[] {(byte) unused}, content);
  }

  static byte[] number(BigInteger value) {
    return element(0x02, value.toByteArray());
  }

  static byte[] utf8(String text) {
    return element(0x0c, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] time(Instant instant) {
    return element(0x17, UTC_TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  /// An object identifier, such as `2.5.29.17`; each number below 128 but those after the second,
  /// which take what they need.
  static byte[] name(String dotted) {
    var numbers = dotted.split("\\.", -1);
    var content = new ByteArrayOutputStream();
    content.write(Integer.parseInt(numbers[0]) * 40 + Integer.parseInt(numbers[1]));
    for (var i = 2; i < numbers.length; i++) {
      var number = Integer.parseInt(numbers[i]);
      for (var shift = 28; shift > 0; shift -= 7) {
        if (number >> shift > 0) {
          content.write(0x80 | (number >> shift & 0x7f));
        }
      }
      content.write(number & 0x7f);
    }
    return element(0x06, content.toByteArray());
  }

  private static byte[] length(int octets) {
    if (octets <= SHORT_MAX) {
      return new byte[] {(byte) octets};
    }
    return octets <= 0xff
        ? new byte[] {(byte) 0x81, (byte) octets}
        : new byte[] {(byte) 0x82, (byte) (octets >> 8), (byte) octets};
  }
}
