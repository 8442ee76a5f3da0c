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
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One mail transaction: envelope, then content (RFC 5321 section 3.3).
public final class Transaction {
  /// a server that takes less is not waited for. What Postfix asks of its peers.
  private static final int OCTETS_A_SECOND_MIN = 500;

  private static final byte[] FINAL_DOT = ".\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Wire wire;
  private final Extensions extensions;
  private final Climb climb;
  private final Patience patience;
  private final Parameters parameters;
  private final boolean groups;

  Transaction(Wire wire, Extensions extensions, Climb climb, Patience patience, boolean groups) {
    this.wire = wire;
    this.extensions = extensions;
    this.climb = climb;
    this.patience = patience;
    this.parameters = new Parameters(extensions);
    this.groups = groups;
  }

  /// How a transaction ended.
  public sealed interface Ending {
    /// The relay's 250 after the final dot.
    record Accepted(Reply reply) implements Ending {}

    /// For certain not taken.
    ///
    /// @param reusable whether the session may carry another transaction
    record Stopped(Stop stop, boolean reusable) implements Ending {}

    /// The final dot went out, or its write broke, and no answer came.
    record Unknown(Stop stop) implements Ending {}
  }

  /// Asks only whether the sender would be taken.
  ///
  /// @param recipient absent when nobody is asked for later
  public @Nullable Stop from(Mailbox reversePath, @Nullable Mailbox recipient) {
    var unfit = addressesFit(reversePath, recipient);
    return unfit != null
        ? unfit
        : climb.stage(
            Stage.MAIL_FROM,
            patience.envelope(),
            deadline -> ask(parameters.probe(reversePath, recipient), "MAIL FROM", deadline));
  }

  /// Asks only whether the recipient would be taken.
  public @Nullable Stop to(Mailbox recipient) {
    return climb.stage(
        Stage.RCPT_TO,
        patience.envelope(),
        deadline -> ask(parameters.probe(recipient), "RCPT TO", deadline));
  }

  /// Sends a message. Envelope and DATA go out as one group where the server takes groups;
  /// nothing follows the final dot.
  public Ending send(Envelope envelope, Content content, CommitPoint commitPoint) {
    var unfit = fits(envelope, content);
    if (unfit != null) {
      return new Ending.Stopped(unfit, true);
    }
    var start = new Envelopes(this, envelope, content, groups);
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
      return wire.read(climb.within(patience.reset())).isPositive();
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

  Parameters parameters() {
    return parameters;
  }

  private @Nullable Stop fits(Envelope envelope, Content content) {
    var unfit = addressesFit(envelope.reversePath(), envelope.recipient());
    if (unfit != null) {
      return unfit;
    }
    var limit = extensions.sizeLimit();
    if (limit > 0 && content.size() > limit) {
      return unfit(Stage.DATA, new Finding.TooLarge(content.size(), limit));
    }
    if (content.isEightBit() && !extensions.has("8BITMIME")) {
      return unfit(Stage.DATA, new Finding.NotOffered("8BITMIME"));
    }
    return content.hasEightBitHeader() && !extensions.has("SMTPUTF8")
        ? unfit(Stage.DATA, new Finding.NotOffered("SMTPUTF8"))
        : null;
  }

  /// An address that is not ASCII goes out under SMTPUTF8 or not at all: nothing is rewritten
  ///
  private @Nullable Stop addressesFit(Mailbox reversePath, @Nullable Mailbox recipient) {
    if (extensions.has("SMTPUTF8")) {
      return null;
    }
    if (reversePath.needsSmtpUtf8()) {
      return unfit(Stage.MAIL_FROM, new Finding.NotOffered("SMTPUTF8"));
    }
    return recipient != null && recipient.needsSmtpUtf8()
        ? unfit(Stage.RCPT_TO, new Finding.NotOffered("SMTPUTF8"))
        : null;
  }

  private @Nullable Stop unfit(Stage stage, Finding finding) {
    return climb.stage(stage, patience.envelope(), _ -> new End.Broken(finding, null));
  }

  private Ending content(Content content, CommitPoint commitPoint) {
    var dotSent = new boolean[1];
    var replies = new Reply[1];
    var stop =
        climb.stage(
            Stage.DATA,
            patience.dataTermination(),
            _ -> {
              write(content);
              commitPoint.beforeFinalDot();
              if (closesEarly()) {
                return Climb.refused("DATA", wire.read(climb.within(patience.quit())));
              }
              dotSent[0] = true;
              sendDot();
              var reply = wire.read(climb.within(patience.dataTermination()));
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

  /// Each block has its time (RFC 5321 section 4.5.3.2.5), and all together must be taken at a
  /// rate. The last block waits for the final dot, to go out with it in one write.
  private void write(Content content) throws IOException {
    var block = patience.dataBlock();
    var whole = climb.within(block.plusSeconds(content.size() / OCTETS_A_SECOND_MIN));
    Supplier<Duration> within = () -> whole.left().compareTo(block) < 0 ? whole.left() : block;
    content.writeTo((octets, offset, length) -> wire.octets(octets, offset, length, within));
  }

  /// The line that ends a message, and what still waits to be written before it.
  void sendDot() throws IOException {
    wire.octets(FINAL_DOT, 0, FINAL_DOT.length, patience::dataBlock);
    wire.flush(patience.dataBlock());
  }

  /// A reply that is here before the final dot would be taken for the one to it, and the mail could
  /// be lost. Only a 421 is understood.
  private boolean closesEarly() throws IOException {
    try {
      return wire.isClosing();
    } catch (ProtocolException _) {
      // Said with what it means here.
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
    return reply.isPositive() && !reply.isClosing()
        ? new End.Passed(reply.toString())
        : Climb.refused(name, reply);
  }
}
