package io.postern.smtp.session;

import io.postern.smtp.Mailbox;
import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.message.Content;
import io.postern.smtp.session.Climb.End;
import io.postern.smtp.wire.Deadline;
import io.postern.smtp.wire.ProtocolException;
import io.postern.smtp.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One mail transaction: envelope, then content (RFC 5321 section 3.3).
public final class Transaction {
  private static final byte[] FINAL_DOT = ".\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Wire wire;
  private final Extensions extensions;
  private final Climb climb;
  private final Patience patience;

  Transaction(Wire wire, Extensions extensions, Climb climb, Patience patience) {
    this.wire = wire;
    this.extensions = extensions;
    this.climb = climb;
    this.patience = patience;
  }

  /// How a transaction ended.
  public sealed interface Ending {
    /// The relay's 250 after the final dot.
    record Accepted(Reply reply) implements Ending {}

    /// For certain not taken.
    ///
    /// @param reusable whether the session may carry another transaction
    record Stopped(Stop stop, boolean reusable) implements Ending {}

    /// The final dot went out and no answer came.
    record Unknown(Stop stop) implements Ending {}
  }

  /// Asks only whether the sender would be taken.
  public @Nullable Stop from(Mailbox reversePath) {
    return climb.stage(
        Stage.MAIL_FROM,
        patience.envelope(),
        deadline -> ask(mail(reversePath, null), "MAIL FROM", deadline));
  }

  /// Asks only whether the recipient would be taken.
  public @Nullable Stop to(Mailbox recipient) {
    return climb.stage(
        Stage.RCPT_TO,
        patience.envelope(),
        deadline -> ask(rcpt(recipient, null), "RCPT TO", deadline));
  }

  /// Sends a message. Envelope and DATA go out as one group where the server takes groups;
  /// nothing follows the final dot.
  public Ending send(Envelope envelope, Content content, CommitPoint commitPoint) {
    var unfit = fits(envelope, content);
    if (unfit != null) {
      return new Ending.Stopped(unfit, true);
    }
    var grouped = extensions.has("PIPELINING");
    var start = new Envelopes(this, envelope, content, grouped);
    var stop = start.run();
    return stop == null
        ? content(content, commitPoint)
        : new Ending.Stopped(stop, start.leavesSessionClean() && reset());
  }

  /// Ends an envelope that got no content (R-735: only then).
  public boolean reset() {
    try {
      wire.command("RSET");
      wire.flush();
      return wire.read(Deadline.after(patience.quit(), climb.ticks())).isPositive();
    } catch (IOException _) {
      // The session is not used again; that is all that follows.
      return false;
    }
  }

  Wire wire() {
    return wire;
  }

  Climb climb() {
    return climb;
  }

  Patience patience() {
    return patience;
  }

  String mail(Mailbox reversePath, @Nullable Content content) {
    var line = new StringBuilder("MAIL FROM:<").append(reversePath).append('>');
    if (content != null && extensions.has("SIZE")) {
      line.append(" SIZE=").append(content.size());
    }
    if (content != null && content.isEightBit()) {
      line.append(" BODY=8BITMIME");
    }
    if (reversePath.needsSmtpUtf8() && extensions.has("SMTPUTF8")) {
      line.append(" SMTPUTF8");
    }
    return line.toString();
  }

  /// RFC 3461: a delivery status is asked for only where the server knows how.
  String rcpt(Mailbox recipient, @Nullable Content content) {
    var line = "RCPT TO:<" + recipient + ">";
    return content != null && extensions.has("DSN") ? line + " NOTIFY=FAILURE,DELAY" : line;
  }

  private @Nullable Stop fits(Envelope envelope, Content content) {
    var limit = extensions.sizeLimit();
    Finding finding = null;
    if (limit > 0 && content.size() > limit) {
      finding = new Finding.TooLarge(content.size(), limit);
    } else if (content.isEightBit() && !extensions.has("8BITMIME")) {
      finding = new Finding.NotOffered("8BITMIME");
    } else if ((envelope.recipient().needsSmtpUtf8() || envelope.reversePath().needsSmtpUtf8())
        && !extensions.has("SMTPUTF8")) {
      finding = new Finding.NotOffered("SMTPUTF8");
    }
    if (finding == null) {
      return null;
    }
    var broken = finding;
    return climb.stage(Stage.DATA, patience.dataInitiation(), _ -> new End.Broken(broken, null));
  }

  private Ending content(Content content, CommitPoint commitPoint) {
    var dotSent = new boolean[1];
    var replies = new Reply[1];
    var stop =
        climb.stage(
            Stage.DATA,
            patience.dataTermination(),
            _ -> {
              content.writeTo(wire::octets);
              wire.flush();
              commitPoint.beforeFinalDot();
              requireSilence();
              dotSent[0] = true;
              wire.octets(FINAL_DOT, 0, FINAL_DOT.length);
              wire.flush();
              var reply = wire.read(Deadline.after(patience.dataTermination(), climb.ticks()));
              replies[0] = reply;
              return reply.isPositive()
                  ? new End.Passed(reply.toString())
                  : Climb.refused("final dot", reply);
            });
    if (stop == null) {
      return new Ending.Accepted(replies[0]);
    }
    var refused = stop.reply() != null && stop.reply().code() >= 400;
    return dotSent[0] && !refused
        ? new Ending.Unknown(stop)
        : new Ending.Stopped(stop, refused && stop.reply() != null && stop.reply().code() != 421);
  }

  /// A reply that is here before the final dot would be taken for the one to it, and the mail could
  /// be lost.
  private void requireSilence() throws IOException {
    if (wire.hasEarlyOctets()) {
      throw new ProtocolException(
          "The server answered before the message was complete, so its answers can no longer be told apart.");
    }
  }

  private End ask(String command, String name, Deadline deadline) throws IOException {
    wire.command(command);
    wire.flush();
    return judge(name, wire.read(deadline));
  }

  static End judge(String name, Reply reply) {
    return reply.isPositive() ? new End.Passed(reply.toString()) : Climb.refused(name, reply);
  }
}
