package io.postern.smtp.wire;

import io.postern.smtp.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Supplier;
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

  /// A line that answers a challenge, with CRLF (RFC 4954 section 4).
  public static final int RESPONSE_LINE_OCTETS_MAX = 12_288;

  private static final int BUFFER_OCTETS = 16_384;
  private static final byte[] CRLF = {'\r', '\n'};

  private final Socket socket;
  private final Socket lowest;
  private final OutputStream output;
  private final ReplyReader reader;
  private final Transcript transcript;
  private final Redaction redaction = new Redaction();
  private final byte[] outgoing = new byte[BUFFER_OCTETS];
  private int pending;
  private int unanswered;

  public Wire(Socket socket, Transcript transcript) throws IOException {
    this(socket, null, transcript);
  }

  /// @param below the socket that TLS runs over, null in clear text
  public Wire(Socket socket, @Nullable Socket below, Transcript transcript) throws IOException {
    this.socket = socket;
    this.lowest = below == null ? socket : below;
    this.output = socket.getOutputStream();
    this.reader = new ReplyReader(socket, below);
    this.transcript = transcript;
  }

  public Socket socket() {
    return socket;
  }

  /// Whether octets have arrived that nobody asked for. Does not wait.
  public boolean hasEarlyOctets() throws IOException {
    return reader.hasOctets();
  }

  /// Makes sure that the server has said nothing since its last reply: what it said could be taken
  /// for the reply to the next command. A 421 is let through, for it may come at any time;
  /// whoever reads next meets it.
  ///
  /// @return whether a 421 is waiting
  /// @throws ProtocolException when anything else is waiting; the session is then unusable
  public boolean isClosing() throws IOException {
    if (!reader.hasOctets()) {
      return false;
    }
    if (!reader.begins("421")) {
      throw new ProtocolException("The server spoke out of turn.");
    }
    return true;
  }

  /// Puts a command line into the next group; [#flush()] sends the group with one write.
  ///
  /// @param line without CRLF
  /// @throws ProtocolException when it holds what no command may hold or is too long
  public void command(String line) throws IOException {
    var octets = CommandEncoder.encode(line);
    if (octets.length + 2 > COMMAND_OCTETS_MAX) {
      throw new ProtocolException(
          "A command of %d octets would be too long.".formatted(octets.length + 2));
    }
    begin();
    transcript.client(line);
    append(octets);
  }

  /// Puts an AUTH command into the next group; nothing of its initial response is recorded.
  public void auth(String mechanism, @Nullable String initialResponse) throws IOException {
    transcript.signInBegins();
    begin();
    transcript.clientAuth(mechanism, initialResponse != null);
    if (initialResponse != null) {
      redaction.line(initialResponse);
    }
    append(
        CommandEncoder.encode(
            "AUTH " + mechanism + (initialResponse == null ? "" : " " + initialResponse)));
  }

  /// Puts the answer to a challenge into the next group; it is not recorded.
  ///
  /// @param base64 without CRLF
  /// @throws ProtocolException when it is too long for any server
  public void response(String base64) throws IOException {
    var octets = CommandEncoder.encode(base64);
    if (octets.length + 2 > RESPONSE_LINE_OCTETS_MAX) {
      throw new ProtocolException(
          "The answer to the sign-in would have %d octets; SMTP carries %d."
              .formatted(octets.length + 2, RESPONSE_LINE_OCTETS_MAX));
    }
    begin();
    transcript.client(base64);
    redaction.line(base64);
    append(octets);
  }

  /// From now on this text is blotted out wherever a reply repeats it.
  public void conceal(String secret) {
    redaction.secret(secret);
  }

  /// Puts raw octets, already in their form on the wire, into the next group. Whenever the buffer
  /// is full it is written, each time within a time of its own: a server that stops reading would
  /// hold the write for ever.
  ///
  /// @throws java.net.SocketTimeoutException when a block took longer; the session is then unusable
  public void octets(byte[] content, int offset, int length, Supplier<Duration> within)
      throws IOException {
    var put = 0;
    while (put < length) {
      if (pending == BUFFER_OCTETS) {
        flush(within.get());
      }
      var part = Math.min(length - put, BUFFER_OCTETS - pending);
      System.arraycopy(content, offset + put, outgoing, pending, part);
      pending += part;
      put += part;
    }
  }

  /// Sends the group within a time.
  ///
  /// @throws java.net.SocketTimeoutException when it took longer; the session is then unusable
  public void flush(Duration within) throws IOException {
    Watchdog.watch(lowest, within, this::flush);
  }

  /// Sends the group with one write.
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
    return read(deadline, false);
  }

  /// Reads the greeting. Postfix's postscreen opens it with a teaser, `220-`, and ends it with
  /// another code when it refuses the client (POSTSCREEN_README, "Pregreet test"); that last line
  /// is the reply then, though RFC 5321 wants one code.
  public Reply greeting(Deadline deadline) throws IOException {
    return read(deadline, true);
  }

  private Reply read(Deadline deadline, boolean teaser) throws IOException {
    var lines = new ArrayList<String>();
    var octets = 0;
    ReplyLine line;
    var code = 0;
    do {
      line = line(deadline);
      octets += line.octets();
      if (teaser && code == 220 && line.code() >= 400) {
        lines.clear();
      } else if (code != 0 && line.code() != code) {
        throw new ProtocolException(
            "The server mixed the codes %d and %d in one reply.".formatted(code, line.code()));
      }
      code = line.code();
      // A challenge is needed as it is, and never shown.
      var text = code == 334 ? line.text() : redaction.of(line.text());
      lines.add(text);
      transcript.server(code, line.last(), text);
      if (lines.size() > REPLY_LINES_MAX || octets > REPLY_OCTETS_MAX) {
        throw new ProtocolException(
            "The server's reply has no end: more than %d lines or %d octets."
                .formatted(REPLY_LINES_MAX, REPLY_OCTETS_MAX));
      }
    } while (!line.last());
    unanswered = Math.max(0, unanswered - 1);
    return EnhancedStatusParser.reply(code, lines);
  }

  /// A command may go out when every earlier one has its reply, or waits for it in the same group.
  private void begin() throws IOException {
    if (unanswered == 0) {
      isClosing();
    }
    unanswered++;
  }

  private ReplyLine line(Deadline deadline) throws IOException {
    try {
      return ReplyLine.of(reader.line(deadline));
    } catch (ProtocolException e) {
      var first = redaction.of(new String(e.first(), StandardCharsets.ISO_8859_1));
      throw new ProtocolException(
          String.valueOf(e.getMessage()), first.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private void append(byte[] octets) throws IOException {
    put(octets);
    put(CRLF);
  }

  /// Lines of a group: they are short, and the last group was read by the server.
  private void put(byte[] octets) throws IOException {
    if (octets.length > BUFFER_OCTETS - pending) {
      flush();
    }
    System.arraycopy(octets, 0, outgoing, pending, octets.length);
    pending += octets.length;
  }
}
