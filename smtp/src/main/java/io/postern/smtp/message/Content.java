package io.postern.smtp.message;

import org.jspecify.annotations.Nullable;

/// A rendered message as it may go on the wire: checked once, stuffed while it is written (RFC 5321
/// section 4.5.2).
public final class Content {
  /// RFC 5321 section 4.5.3.1.6, without CRLF.
  public static final int LINE_OCTETS_MAX = 998;

  private final byte[] octets;
  private final boolean eightBit;
  private final boolean eightBitHeader;

  private Content(byte[] octets, boolean eightBit, boolean eightBitHeader) {
    this.octets = octets;
    this.eightBit = eightBit;
    this.eightBitHeader = eightBitHeader;
  }

  /// Where stuffed octets go.
  public interface Sink {
    void octets(byte[] content, int offset, int length) throws java.io.IOException;
  }

  /// @return what forbids sending these octets, null when nothing does
  public static @Nullable String fault(byte[] octets) {
    var line = 0;
    for (var i = 0; i < octets.length; i++) {
      if (endsLine(octets, i)) {
        line = 0;
        i++;
        continue;
      }
      var fault = faultOf(octets[i], ++line);
      if (fault != null) {
        return fault;
      }
    }
    var ended = octets.length >= 2 && octets[octets.length - 1] == '\n';
    return ended ? Header.fault(octets) : "The message does not end with CR LF.";
  }

  private static boolean endsLine(byte[] octets, int at) {
    return octets[at] == '\r' && at + 1 < octets.length && octets[at + 1] == '\n';
  }

  private static @Nullable String faultOf(byte octet, int column) {
    if (octet == '\r' || octet == '\n') {
      return "A line ends in a bare CR or LF; only CR LF ends lines in mail.";
    }
    if (octet == 0) {
      return "The message holds a NUL octet, which mail cannot carry.";
    }
    return column > LINE_OCTETS_MAX
        ? "A line is longer than " + LINE_OCTETS_MAX + " octets."
        : null;
  }

  /// @param octets for which [#fault(byte[])] found nothing
  public static Content of(byte[] octets) {
    var first = 0;
    while (first < octets.length && octets[first] >= 0) {
      first++;
    }
    var eightBit = first < octets.length;
    return new Content(octets, eightBit, eightBit && first < Header.length(octets));
  }

  /// Whether an octet above 127 is in it, so that 8BITMIME is needed.
  public boolean isEightBit() {
    return eightBit;
  }

  /// Whether such an octet stands in the header, so that SMTPUTF8 is needed (RFC 6532, R-165).
  public boolean hasEightBitHeader() {
    return eightBitHeader;
  }

  /// Octets for the SIZE parameter: without stuffing (RFC 1870 section 6).
  public long size() {
    return octets.length;
  }

  /// Writes the content with a dot before each line that begins with one; the final dot is not
  /// written.
  public void writeTo(Sink sink) throws java.io.IOException {
    var start = 0;
    for (var i = 0; i < octets.length; i++) {
      var beginsLine = i == 0 || octets[i - 1] == '\n';
      if (beginsLine && octets[i] == '.') {
        sink.octets(octets, start, i - start);
        sink.octets(DOT, 0, 1);
        start = i;
      }
    }
    sink.octets(octets, start, octets.length - start);
  }

  private static final byte[] DOT = {'.'};
}
