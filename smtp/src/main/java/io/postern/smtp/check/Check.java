package io.postern.smtp.check;

import io.postern.smtp.EhloName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Circumstances;
import io.postern.smtp.diagnosis.Diagnoser;
import io.postern.smtp.diagnosis.DiagnosisContext;
import io.postern.smtp.diagnosis.Evidence;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.diagnosis.Verdict;
import io.postern.smtp.message.Content;
import io.postern.smtp.probe.Probes;
import io.postern.smtp.probe.Subject;
import io.postern.smtp.session.Credentials;
import io.postern.smtp.session.Envelope;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.Patience;
import io.postern.smtp.session.Relay;
import io.postern.smtp.session.Session;
import io.postern.smtp.session.Stop;
import io.postern.smtp.session.Transaction;
import io.postern.smtp.session.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Checks a configuration by doing what a delivery does, watched.
public final class Check {
  private final Network network;
  private final Circumstances circumstances;

  public Check(Network network) {
    this(network, Circumstances.UNKNOWN);
  }

  /// @param circumstances what the caller knows about this machine
  public Check(Network network, Circumstances circumstances) {
    this.network = network;
    this.circumstances = circumstances;
  }

  /// Climbs the ladder on the calling thread. Interrupting the (virtual) thread cancels within a
  /// second; the verdict then covers the rungs reached, the interrupt flag stays set.
  public Verdict run(Draft draft, Watch watch) {
    var values = new Values(draft);
    watch.began(Stage.CONFIG);
    var fault = values.fault();
    var rung = values.rung(fault);
    watch.ended(rung);
    if (fault != null) {
      var ladder =
          Ladder.of(
              values.security(), depth(draft), !draft.username().isEmpty(), !draft.to().isEmpty());
      var diagnosis =
          Diagnoser.diagnose(Stage.CONFIG, fault, context(draft, values, null, Evidence.NONE));
      return new Verdict(
          Stage.CONFIG,
          fault,
          diagnosis,
          List.of(),
          List.of(),
          List.of(),
          ladder.complete(List.of(rung)),
          List.of(),
          List.of());
    }
    return climb(draft, values, rung, watch);
  }

  private Verdict climb(Draft draft, Values values, Rung config, Watch watch) {
    var relay = relay(draft, values);
    var ladder =
        Ladder.of(
            relay.security(), depth(draft), relay.credentials() != null, !draft.to().isEmpty());
    var subject =
        new Subject(
            relay,
            values.mailbox(draft.from()),
            values.mailbox(draft.to()),
            circumstances,
            draft.budget());
    try (var probes = new Probes(network, subject, watch);
        var session = new Session(relay, network, probes, draft.budget())) {
      var proof = new Proof(draft, session);
      probes.beside(session);
      var stop = stop(draft, values, session, proof, probes);
      var evidence = stop == null ? probes.soFar() : probes.after(stop);
      var rungs = new ArrayList<>(List.of(config));
      rungs.addAll(session.rungs());
      var warnings = Warnings.of(relay, session, evidence, stop == null);
      var placed = stop == null ? null : diagnosed(stop, context(draft, values, session, evidence));
      if (placed != null) {
        placed.correct(rungs);
      }
      var transcript = session.transcript();
      session.leave();
      return new Verdict(
          placed == null ? null : placed.stage(),
          stop == null ? null : stop.finding(),
          placed == null ? null : placed.diagnosis(),
          proof.sentences(),
          stop == null ? List.of(proof.open(depth(draft))) : List.of(),
          warnings,
          ladder.complete(rungs),
          transcript,
          shown(session));
    }
  }

  private static Placement diagnosed(Stop stop, DiagnosisContext context) {
    var diagnosis = Diagnoser.diagnose(stop.stage(), stop.finding(), context);
    return new Placement(stop, diagnosis);
  }

  private @Nullable Stop stop(
      Draft draft, Values values, Session session, Proof proof, Probes probes) {
    var stop = session.open();
    if (stop == null) {
      // A password is not shown to a server whose certificate was revoked.
      var revoked = probes.revoked();
      stop = revoked == null ? session.signIn() : new Stop(Stage.CERTIFICATE, revoked, null);
    }
    if (stop != null) {
      return stop;
    }
    proof.signedIn();
    return switch (depth(draft)) {
      case LOGIN -> null;
      case ENVELOPE -> envelope(draft, values, session, proof);
      case MESSAGE -> message(values, draft, session, proof);
    };
  }

  private static @Nullable Stop envelope(Draft draft, Values values, Session session, Proof proof) {
    var transaction = session.transaction();
    var from = Objects.requireNonNull(values.mailbox(draft.from()));
    var stop = transaction.from(from, values.mailbox(draft.to()));
    var to = values.mailbox(draft.to());
    if (stop == null) {
      proof.senderAccepted(from);
      if (to != null) {
        stop = transaction.to(to);
        if (stop == null) {
          proof.recipientAccepted(to);
        }
      }
      if (stop == null || stop.reply() != null) {
        transaction.reset();
      }
    }
    return stop;
  }

  private @Nullable Stop message(Values values, Draft draft, Session session, Proof proof) {
    var from = Objects.requireNonNull(values.mailbox(draft.from()));
    Mailbox to = values.mailbox(draft.to());
    var recipient = to == null ? from : to;
    var content =
        TestMessage.of(
            from, recipient, draft.arrivalLink(), network.clock().instant(), network.random());
    var envelope = new Envelope(from, recipient, "check");
    return switch (session.transaction().send(envelope, Content.of(content), () -> {})) {
      case Transaction.Ending.Accepted(var reply) -> {
        var stop =
            Diagnoser.falseAcceptance(reply, () -> context(draft, values, session, Evidence.NONE))
                    == null
                ? null
                : Session.refused(Stage.DATA, "final dot", reply);
        if (stop == null) {
          proof.messageAccepted(reply);
        }
        yield stop;
      }
      case Transaction.Ending.Stopped(var stop, _) -> stop;
      case Transaction.Ending.Unknown(var stop) -> stop;
    };
  }

  private static List<java.security.cert.X509Certificate> shown(Session session) {
    var chain = session.chain();
    return chain == null ? List.of() : chain.chain();
  }

  private static Relay relay(Draft draft, Values values) {
    var credentials =
        draft.username().isEmpty()
            ? null
            : new Credentials.Password(draft.username(), draft.password(), draft.mechanism());
    var ehlo = draft.ehloName().isEmpty() ? null : EhloName.parse(draft.ehloName());
    return new Relay(
        values.hostName(),
        values.effectivePort(),
        values.security(),
        draft.trust(),
        credentials,
        ehlo,
        Patience.ofCheck().within(draft.budget()));
  }

  private static Depth depth(Draft draft) {
    var depth = draft.depth();
    if (depth != null) {
      return depth;
    }
    if (!draft.to().isEmpty()) {
      return Depth.MESSAGE;
    }
    return draft.from().isEmpty() ? Depth.LOGIN : Depth.ENVELOPE;
  }

  private DiagnosisContext context(
      Draft draft, Values values, @Nullable Session session, Evidence evidence) {
    return new DiagnosisContext(
        session == null ? draft.host() : values.hostName().ascii(),
        values.effectivePort(),
        values.security(),
        session == null ? "" : session.greeting(),
        session == null ? List.of() : session.keywords(),
        session == null ? List.of() : session.mechanisms(),
        session == null ? List.of() : session.certificateNames(),
        draft.username(),
        draft.password(),
        session != null && session.isSignedIn(),
        draft.from(),
        draft.to(),
        draft.ehloName(),
        network.clock().instant(),
        evidence);
  }
}
