package io.postern.smtp.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The receiving half of a wire: octets to lines. Holds one buffer and one line, never more.
final class ReplyReader {
  private static final int BUFFER_OCTETS = 16_384;
  private static final int FIRST_OCTETS = 64;

  private final Socket socket;
  private final InputStream input;
  private final @Nullable InputStream below;
  private final byte[] received = new byte[BUFFER_OCTETS];
  private int from;
  private int to;

  /// @param below what TLS runs over, null in clear text
  ReplyReader(Socket socket, @Nullable Socket below) throws IOException {
    this.socket = socket;
    this.input = socket.getInputStream();
    this.below = below == null ? null : below.getInputStream();
  }

  /// Whether octets have arrived that were not read yet. Looks into the buffer and, without
  /// waiting, at the socket.
  boolean hasOctets() throws IOException {
    if (to > from || input.available() > 0) {
      return true;
    }
    return below != null && below.available() > 0 && hidesOctets();
  }

  /// Whether the octets at hand begin so; true as well when they are too few to tell.
  boolean begins(String word) throws IOException {
    if (from == to) {
      fill(input.read(received));
    }
    for (var i = 0; i < word.length() && from + i < to; i++) {
      if (received[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// The octets of a line without its CRLF. Only CRLF ends a line.
  byte[] line(Deadline deadline) throws IOException {
    var line = new byte[256];
    var length = 0;
    while (true) {
      var octet = next(deadline);
      if (octet == '\n') {
        return ended(line, length);
      }
      if (octet == 0) {
        throw broken("The server's reply holds a NUL octet.", line, length);
      }
      if (length > 0 && line[length - 1] == '\r') {
        throw broken(
            "The server's reply holds a CR without LF; SMTP asks for CR LF.", line, length);
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, line.length * 2);
      }
      line[length++] = (byte) octet;
      check(line, length);
    }
  }

  private static byte[] ended(byte[] line, int length) throws ProtocolException {
    if (length == 0 || line[length - 1] != '\r') {
      throw broken("The server ends its lines with LF alone; SMTP asks for CR LF.", line, length);
    }
    return Arrays.copyOf(line, length - 1);
  }

  private static void check(byte[] line, int length) throws ProtocolException {
    if (length == 2 && (line[0] == 0x15 || line[0] == 0x16) && line[1] == 0x03) {
      throw broken("The server speaks TLS where a reply was due.", line, length);
    }
    var challenge = line[0] == '3' && line[1] == '3' && line[2] == '4';
    var limit = challenge ? Wire.CHALLENGE_LINE_OCTETS_MAX : Wire.REPLY_LINE_OCTETS_MAX;
    // At least the LF is still to come.
    if (length >= limit) {
      throw broken("The server sent a line of more than %d octets.".formatted(limit), line, length);
    }
  }

  private static ProtocolException broken(String sentence, byte[] line, int length) {
    return new ProtocolException(sentence, Arrays.copyOf(line, Math.min(FIRST_OCTETS, length)));
  }

  private int next(Deadline deadline) throws IOException {
    if (from == to) {
      socket.setSoTimeout(deadline.millisLeft());
      fill(input.read(received));
    }
    return received[from++] & 0xff;
  }

  private void fill(int count) throws EOFException {
    from = 0;
    to = Math.max(0, count);
    if (to == 0) {
      throw new EOFException("the server closed the connection");
    }
  }

  /// Records of TLS are waiting: session tickets, which say nothing, or octets of the server.
  private boolean hidesOctets() throws IOException {
    socket.setSoTimeout(1);
    try {
      fill(input.read(received));
      return true;
    } catch (SocketTimeoutException _) {
      // Only what TLS says to itself, or part of a record; the rest is read with the next reply.
      return false;
    }
  }
}
