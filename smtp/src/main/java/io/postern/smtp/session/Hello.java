package io.postern.smtp.session;

import io.postern.smtp.Reply;
import io.postern.smtp.Security;
import io.postern.smtp.session.Climb.End;
import io.postern.smtp.wire.Deadline;
import io.postern.smtp.wire.Wire;
import java.io.IOException;
import java.util.List;

/// EHLO, or HELO where nothing needs more (RFC 5321 section 4.1.1.1).
final class Hello {
  private final Wire wire;
  private final Relay relay;
  private Extensions extensions = Extensions.NONE;
  private String answeredBy = "";

  Hello(Wire wire, Relay relay) {
    this.wire = wire;
    this.relay = relay;
  }

  /// What the server offered; none before it was asked, or after HELO.
  Extensions extensions() {
    return extensions;
  }

  /// The name that the server gave itself in its reply, empty before it.
  String answeredBy() {
    return answeredBy;
  }

  End run(Deadline deadline) throws IOException {
    var reply = ask(wire, "EHLO " + name(), deadline);
    if (isTaken(reply)) {
      extensions = Extensions.of(reply);
      answeredBy = reply.lines().getFirst().strip().split(" ", 2)[0];
      return new End.Passed(Opening.summary(extensions));
    }
    var plain = relay.security() == Security.NONE && relay.credentials() == null;
    if (!plain || !List.of(500, 501, 502, 504, 550).contains(reply.code())) {
      return Climb.refused("EHLO", reply);
    }
    var helo = ask(wire, "HELO " + name(), deadline);
    return isTaken(helo)
        ? new End.Warned("The server knows only HELO.")
        : Climb.refused("HELO", helo);
  }

  /// Postfix closes on those that it takes for another protocol.
  private static boolean isTaken(Reply reply) {
    return reply.isPositive() && !reply.isClosing();
  }

  static Reply ask(Wire wire, String command, Deadline deadline) throws IOException {
    wire.command(command);
    wire.flush();
    return wire.read(deadline);
  }

  /// The configured name, else the address literal of the connection.
  private String name() {
    var given = relay.ehloName();
    return given != null ? given.inEhlo() : Opening.literal(wire.socket().getLocalAddress());
  }
}
