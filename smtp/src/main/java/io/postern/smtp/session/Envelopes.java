package io.postern.smtp.session;

import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import io.postern.smtp.session.Climb.End;
import io.postern.smtp.wire.Deadline;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// MAIL, RCPT and DATA of one transaction, as one group or one by one. Every reply of a group is
/// read, in order, whatever the others say.
final class Envelopes {
  private final Transaction transaction;
  private final String mail;
  private final String rcpt;
  private final boolean grouped;
  private boolean lost;

  Envelopes(
      Transaction transaction,
      Envelope envelope,
      io.postern.smtp.message.Content content,
      boolean grouped) {
    this.transaction = transaction;
    this.mail = transaction.parameters().mail(envelope, content);
    this.rcpt = transaction.parameters().rcpt(envelope.recipient());
    this.grouped = grouped;
  }

  /// @return where it broke, null when the server waits for the content
  @Nullable Stop run() {
    var climb = transaction.climb();
    var patience = transaction.patience();
    var from =
        climb.stage(
            Stage.MAIL_FROM,
            patience.envelope(),
            deadline ->
                step(
                    "MAIL FROM",
                    deadline,
                    grouped ? new String[] {mail, rcpt, "DATA"} : new String[] {mail}));
    if (from != null) {
      return dropRest(from, 2);
    }
    var to =
        climb.stage(
            Stage.RCPT_TO,
            patience.envelope(),
            deadline -> step("RCPT TO", deadline, grouped ? new String[0] : new String[] {rcpt}));
    if (to != null) {
      return dropRest(to, 1);
    }
    return data();
  }

  /// Whether every reply was read and the server expects a command.
  boolean leavesSessionClean() {
    return !lost;
  }

  private @Nullable Stop data() {
    var replies = new Reply[1];
    IOException[] failure = new IOException[1];
    var deadline = transaction.climb().within(transaction.patience().dataInitiation());
    try {
      replies[0] = send(deadline, grouped ? new String[0] : new String[] {"DATA"});
    } catch (IOException e) {
      failure[0] = e;
    }
    var reply = replies[0];
    if (reply != null && reply.code() == 354) {
      return null;
    }
    return transaction
        .climb()
        .stage(
            Stage.DATA,
            transaction.patience().dataInitiation(),
            _ -> {
              if (failure[0] != null) {
                lost = true;
                throw failure[0];
              }
              return Climb.refused("DATA", java.util.Objects.requireNonNull(reply));
            });
  }

  private End step(String name, Deadline deadline, String[] commands) throws IOException {
    try {
      return Transaction.judge(name, send(deadline, commands));
    } catch (IOException e) {
      lost = true;
      throw e;
    }
  }

  private Reply send(Deadline deadline, String[] commands) throws IOException {
    var wire = transaction.wire();
    for (var command : commands) {
      wire.command(command);
    }
    wire.flush();
    return wire.read(deadline);
  }

  /// Reads the replies of the group that are still due. A server that says 354 all the same gets a
  /// lone dot and never the content.
  private Stop dropRest(Stop stop, int due) {
    if (!grouped || lost || isClosing(stop)) {
      lost = lost || isClosing(stop);
      return stop;
    }
    var deadline = transaction.climb().within(transaction.patience().envelope());
    try {
      for (var i = due; i > 0; i--) {
        var reply = transaction.wire().read(deadline);
        if (reply.code() == 354) {
          transaction.sendDot();
          transaction.wire().read(deadline);
        }
      }
    } catch (IOException _) {
      // The refusal is what counts; the session is not used again.
      lost = true;
    }
    return stop;
  }

  /// 421 closes the channel.
  private static boolean isClosing(Stop stop) {
    var reply = stop.reply();
    return reply != null && reply.code() == 421;
  }
}
