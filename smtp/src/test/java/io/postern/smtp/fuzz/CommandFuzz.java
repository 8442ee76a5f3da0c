package io.postern.smtp.fuzz;

import io.postern.smtp.fixtures.MemorySocket;
import io.postern.smtp.wire.ProtocolException;
import io.postern.smtp.wire.Transcript;
import io.postern.smtp.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Whatever a command is made of is one line on the wire, or nothing at all (R-501, F-403).
///
/// The input is UTF-16, so that half surrogate pairs and the letters of CVE-2025-7962 come up.
public final class CommandFuzz {
  private CommandFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    var text = new String(input, StandardCharsets.UTF_16BE);
    var raw = raw(input);
    one(raw, wire -> wire.command(raw));
    one("AUTH PLAIN " + text, wire -> wire.auth("PLAIN", text));
    one(raw, wire -> wire.response(raw));
  }

  private interface Saying {
    void on(Wire wire) throws IOException;
  }

  private static void one(String line, Saying saying) throws IOException {
    var socket = new MemorySocket(new byte[0]);
    var wire = new Wire(socket, new Transcript());
    try {
      saying.on(wire);
    } catch (ProtocolException _) {
      wire.flush();
      demand(socket.heard().length == 0, "a refused line is not said, not even half");
      return;
    }
    wire.flush();
    var heard = socket.heard();
    demand(Arrays.equals(heard, (line + "\r\n").getBytes(StandardCharsets.UTF_8)), "as it was");
    for (var i = 0; i < heard.length - 2; i++) {
      demand(heard[i] != '\r' && heard[i] != '\n' && heard[i] != 0, "one line");
    }
  }

  /// The decoder of the JDK mends halves of surrogate pairs; here they stay.
  private static String raw(byte[] input) {
    var text = new StringBuilder();
    for (var i = 0; i + 1 < input.length; i += 2) {
      text.append((char) ((input[i] & 0xff) << 8 | (input[i + 1] & 0xff)));
    }
    return text.toString();
  }

  private static void demand(boolean held, String what) {
    if (!held) {
      throw new AssertionError("broken: " + what);
    }
  }
}
