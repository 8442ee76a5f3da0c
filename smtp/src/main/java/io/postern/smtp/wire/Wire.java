package io.postern.smtp.wire;

import io.postern.smtp.Printable;
import io.postern.smtp.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Octets to replies and commands to octets over one socket. After STARTTLS a new one is made: no
/// buffer survives the switch.
public final class Wire {
  /// RFC 5321 section 4.5.3.1.5 says 512; servers send more (Postfix takes 2048).
  public static final int REPLY_LINE_OCTETS_MAX = 2_048;

  /// A challenge line of SASL (RFC 4954 section 4).
  public static final int CHALLENGE_LINE_OCTETS_MAX = 12_288;

  public static final int REPLY_LINES_MAX = 100;
  public static final int REPLY_OCTETS_MAX = 65_536;

  /// RFC 5321 section 4.5.3.1.4, with CRLF.
  public static final int COMMAND_OCTETS_MAX = 512;

  private static final int BUFFER_OCTETS = 16_384;

  private final Socket socket;
  private final InputStream input;
  private final OutputStream output;
  private final Transcript transcript;
  private final byte[] received = new byte[BUFFER_OCTETS];
  private int from;
  private int to;
  private final byte[] outgoing = new byte[BUFFER_OCTETS];
  private int pending;

  public Wire(Socket socket, Transcript transcript) throws IOException {
    this.socket = socket;
    this.input = socket.getInputStream();
    this.output = socket.getOutputStream();
    this.transcript = transcript;
  }

  public Socket socket() {
    return socket;
  }

  /// Whether octets have arrived that nobody asked for. Looks into the buffer and, without waiting,
  /// at the socket.
  public boolean hasEarlyOctets() throws IOException {
    return to > from || input.available() > 0;
  }

  /// Puts a command line into the next group; [#flush()] sends the group with one write.
  ///
  /// @param line without CRLF
  /// @throws ProtocolException when it holds what no command may hold or is too long
  public void command(String line) throws IOException {
    var octets = CommandEncoder.encode(line);
    if (octets.length + 2 > COMMAND_OCTETS_MAX && !line.regionMatches(true, 0, "AUTH ", 0, 5)) {
      throw new ProtocolException(
          "A command of %d octets would be too long.".formatted(octets.length + 2));
    }
    transcript.client(line);
    append(octets);
  }

  /// Puts an AUTH command into the next group; nothing of its initial response is recorded.
  public void auth(String mechanism, @Nullable String initialResponse) throws IOException {
    transcript.signInBegins();
    transcript.clientAuth(mechanism, initialResponse != null);
    append(
        CommandEncoder.encode(
            "AUTH " + mechanism + (initialResponse == null ? "" : " " + initialResponse)));
  }

  /// Puts raw octets, already in their form on the wire, into the next group.
  public void octets(byte[] content, int offset, int length) throws IOException {
    if (length > BUFFER_OCTETS - pending) {
      flush();
    }
    if (length > BUFFER_OCTETS) {
      output.write(content, offset, length);
      return;
    }
    System.arraycopy(content, offset, outgoing, pending, length);
    pending += length;
  }

  public void flush() throws IOException {
    if (pending > 0) {
      output.write(outgoing, 0, pending);
      pending = 0;
      output.flush();
    }
  }

  /// Reads one whole reply (RFC 5321 section 4.2).
  ///
  /// @throws ProtocolException when the octets are no reply or a limit is passed; the session is
  ///   then unusable
  /// @throws IOException when the peer hangs up or the deadline passes
  public Reply read(Deadline deadline) throws IOException {
    var lines = new ArrayList<String>();
    var octets = 0;
    ReplyLine line;
    var code = 0;
    do {
      line = ReplyLine.of(lineOctets(deadline));
      octets += line.octets();
      if (code != 0 && line.code() != code) {
        throw new ProtocolException(
            "The server mixed the codes %d and %d in one reply.".formatted(code, line.code()));
      }
      code = line.code();
      lines.add(line.text());
      transcript.server(code, line.last(), line.text());
      if (lines.size() > REPLY_LINES_MAX || octets > REPLY_OCTETS_MAX) {
        throw new ProtocolException(
            "The server's reply has no end: more than %d lines or %d octets."
                .formatted(REPLY_LINES_MAX, REPLY_OCTETS_MAX));
      }
    } while (!line.last());
    return reply(code, lines);
  }

  private static Reply reply(int code, List<String> lines) {
    var enhanced = EnhancedStatusParser.of(code, lines.getFirst());
    var texts = new ArrayList<String>(lines.size());
    for (var line : lines) {
      var own = enhanced == null ? null : EnhancedStatusParser.of(code, line);
      texts.add(
          Printable.of(
              own != null && own.equals(enhanced) ? EnhancedStatusParser.without(line) : line));
    }
    return new Reply(code, enhanced, texts);
  }

  /// The octets of a line without its CRLF. Only CRLF ends a line.
  private byte[] lineOctets(Deadline deadline) throws IOException {
    var line = new byte[256];
    var length = 0;
    while (true) {
      var octet = next(deadline, line, length);
      if (octet == '\n') {
        if (length == 0 || line[length - 1] != '\r') {
          throw new ProtocolException(
              "The server ends its lines with LF alone; SMTP asks for CR LF.",
              Arrays.copyOf(line, Math.min(64, length)));
        }
        return Arrays.copyOf(line, length - 1);
      }
      if (octet == 0 || (length > 0 && line[length - 1] == '\r')) {
        throw new ProtocolException(
            "The server's reply holds a control character where none may be.",
            Arrays.copyOf(line, Math.min(64, length)));
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, line.length * 2);
      }
      line[length++] = (byte) octet;
      if (length > limit(line)) {
        throw new ProtocolException(
            "The server sent a line of more than %d octets.".formatted(limit(line)),
            Arrays.copyOf(line, 64));
      }
    }
  }

  private static int limit(byte[] line) {
    var challenge = line[0] == '3' && line[1] == '3' && line[2] == '4';
    return challenge ? CHALLENGE_LINE_OCTETS_MAX : REPLY_LINE_OCTETS_MAX;
  }

  private int next(Deadline deadline, byte[] soFar, int length) throws IOException {
    if (from == to) {
      socket.setSoTimeout(deadline.millisLeft());
      from = 0;
      to = Math.max(0, input.read(received));
      if (to == 0) {
        throw new EOFException("the server closed the connection");
      }
      if (length == 0
          && (received[0] == 0x15 || received[0] == 0x16)
          && to > 1
          && received[1] == 0x03) {
        throw new ProtocolException(
            "The server speaks TLS where a reply was due.",
            Arrays.copyOf(received, Math.min(64, to)));
      }
    } else if (soFar.length == 0) {
      throw new IllegalStateException();
    }
    return received[from++] & 0xff;
  }

  private void append(byte[] octets) throws IOException {
    octets(octets, 0, octets.length);
    octets(CRLF, 0, 2);
  }

  private static final byte[] CRLF = {'\r', '\n'};
}
