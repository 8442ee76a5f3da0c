package io.postern.smtp.fuzz;

import io.postern.smtp.Printable;
import io.postern.smtp.Reply;
import io.postern.smtp.fixtures.MemorySocket;
import io.postern.smtp.wire.Deadline;
import io.postern.smtp.wire.ProtocolException;
import io.postern.smtp.wire.Transcript;
import io.postern.smtp.wire.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Whatever a server says is replies, then a broken rule or the end; a reply is within its limits,
/// harmless to show, and the same when it is said again.
///
/// The first octet of the input says how many octets arrive at once; the rest is what arrives.
public final class ReplyFuzz {
  private ReplyFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    var piece = 1 + (input[0] & 0x7f);
    var transcript = new Transcript();
    var wire =
        new Wire(new MemorySocket(Arrays.copyOfRange(input, 1, input.length), piece), transcript);
    try {
      // Each reply takes at least the five octets of `250` and its end.
      for (var replies = 0; replies <= input.length / 5; replies++) {
        check(wire.read(deadline()));
      }
      throw new AssertionError("more replies than octets");
    } catch (ProtocolException e) {
      demand(e.first().length <= 64 && !String.valueOf(e.getMessage()).isEmpty(), "a cause");
    } catch (EOFException _) {
      // The end of what was said.
    }
    transcript.lines().forEach(ReplyFuzz::harmless);
  }

  private static void check(Reply reply) throws IOException {
    demand(reply.code() >= 200 && reply.code() < 600, "a code of two to five");
    demand(reply.lines().size() <= Wire.REPLY_LINES_MAX, "few lines");
    reply.lines().forEach(ReplyFuzz::harmless);
    var enhanced = reply.enhanced();
    if (enhanced != null) {
      demand(enhanced.category() == reply.code() / 100, "an enhanced code of the same class");
      return;
    }
    var again = again(reply);
    if (again.length < Wire.REPLY_LINE_OCTETS_MAX) {
      var reread = new Wire(new MemorySocket(again), new Transcript()).read(deadline());
      demand(reread.equals(reply), reread + " instead of " + reply);
    }
  }

  private static byte[] again(Reply reply) {
    var said = new StringBuilder();
    List<String> lines = reply.lines();
    for (var i = 0; i < lines.size(); i++) {
      said.append(reply.code())
          .append(i + 1 == lines.size() ? ' ' : '-')
          .append(lines.get(i))
          .append("\r\n");
    }
    return said.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void harmless(String line) {
    demand(line.codePoints().allMatch(Printable::isHarmless), "nothing that steers a terminal");
  }

  private static Deadline deadline() {
    return Deadline.after(Duration.ofDays(1), () -> 0);
  }

  private static void demand(boolean held, String what) {
    if (!held) {
      throw new AssertionError("broken: " + what);
    }
  }
}
