package io.postern.smtp.session;

import io.postern.smtp.Reply;
import io.postern.smtp.Secret;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Diagnoser;
import io.postern.smtp.diagnosis.DiagnosisContext;
import io.postern.smtp.diagnosis.Evidence;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.message.Content;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A signed-in session that carries one message after the other (R-735: the caller counts messages
/// and age).
public final class Submission implements AutoCloseable {
  private final Session session;
  private final Relay relay;
  private boolean disorder;

  private Submission(Session session, Relay relay) {
    this.session = session;
    this.relay = relay;
  }

  /// Opens a session up to and including the sign-in.
  public static Opening open(Relay relay, Network network, Watch watch) {
    var session = new Session(relay, network, watch);
    var stop = session.open();
    if (stop == null) {
      stop = session.signIn();
    }
    if (stop == null) {
      return new Opening.Ready(new Submission(session, relay), session.rungs());
    }
    session.close();
    var diagnosis =
        Diagnoser.diagnose(stop.stage(), stop.finding(), context(session, relay, "", ""));
    return new Opening.Failed(
        Scopes.failure(stop, diagnosis), session.rungs(), session.transcript());
  }

  /// Sends one rendered message. After anything but a clean reply the session is unusable, see
  /// [#isUsable()].
  ///
  /// @param content the message with CRLF line ends, unstuffed; checked and stuffed here (R-150,
  ///
  /// @param commitPoint called before the final dot goes out
  public Outcome send(Envelope envelope, byte[] content, CommitPoint commitPoint) {
    var fault = Content.fault(content);
    if (fault != null) {
      return new Outcome.Refused(
          failure(new Stop(Stage.DATA, new Finding.MessageMalformed(fault), null), envelope));
    }
    return switch (session.transaction().send(envelope, Content.of(content), commitPoint)) {
      case Transaction.Ending.Accepted(var reply) -> accepted(reply, envelope);
      case Transaction.Ending.Stopped(var stop, var reusable) -> {
        disorder = disorder || isDisorder(stop);
        if (!reusable) {
          session.ended();
        }
        yield new Outcome.Refused(failure(stop, envelope));
      }
      case Transaction.Ending.Unknown(var stop) -> {
        disorder = disorder || isDisorder(stop);
        session.ended();
        yield new Outcome.Unknown(failure(stop, envelope));
      }
    };
  }

  /// Whether the next message may go over this session.
  public boolean isUsable() {
    return session.isUsable();
  }

  /// Whether the server broke the order of its replies while commands went out in groups: one too
  /// many, one out of its place, or something that is none.
  public boolean brokeReplyOrder() {
    return session.groups() && (disorder || session.spokeOutOfTurn());
  }

  /// When the server's certificate ends; absent without TLS.
  public @Nullable Instant certificateEndsAt() {
    var chain = session.chain();
    return chain == null ? null : chain.leaf().getNotAfter().toInstant();
  }

  /// The ladder as it stands: the rungs of the opening, and those of the last message.
  public List<Rung> rungs() {
    return session.rungs();
  }

  /// The redacted conversation so far, lines `S: …` and `C: …`.
  public List<String> transcript() {
    return session.transcript();
  }

  /// QUIT, at most five seconds, result ignored.
  @Override
  public void close() {
    session.close();
  }

  /// A 3yz belongs to DATA, and to DATA nothing positive but it.
  private static boolean isDisorder(Stop stop) {
    return stop.finding() instanceof Finding.ProtocolBroken
        || (stop.finding() instanceof Finding.Refused(var command, var reply)
            && (reply.code() / 100 == 3 || (command.equals("DATA") && reply.isPositive())));
  }

  /// A 2xx that means that nobody will get the message is no acceptance.
  private Outcome accepted(Reply reply, Envelope envelope) {
    return Diagnoser.falseAcceptance(reply, () -> context(envelope)) == null
        ? new Outcome.Accepted(reply)
        : new Outcome.Refused(failure(Session.refused(Stage.DATA, "final dot", reply), envelope));
  }

  private DiagnosisContext context(Envelope envelope) {
    return context(
        session, relay, envelope.reversePath().toString(), envelope.recipient().toString());
  }

  private Failure failure(Stop stop, Envelope envelope) {
    var context = context(envelope);
    return Scopes.failure(stop, Diagnoser.diagnose(stop.stage(), stop.finding(), context));
  }

  private static DiagnosisContext context(Session session, Relay relay, String from, String to) {
    var credentials = relay.credentials();
    var ehlo = relay.ehloName();
    return new DiagnosisContext(
        relay.host().ascii(),
        relay.port(),
        relay.security(),
        session.greeting(),
        session.keywords(),
        session.mechanisms(),
        session.certificateNames(),
        credentials == null ? "" : credentials.username(),
        credentials == null ? Secret.of("") : credentials.password(),
        session.isSignedIn(),
        from,
        to,
        ehlo == null ? "" : ehlo.text(),
        session.now(),
        Evidence.NONE);
  }

  /// A session that is ready, or why there is none.
  public sealed interface Opening {
    record Ready(Submission submission, List<Rung> rungs) implements Opening {}

    record Failed(Failure failure, List<Rung> rungs, List<String> transcript) implements Opening {}
  }
}
