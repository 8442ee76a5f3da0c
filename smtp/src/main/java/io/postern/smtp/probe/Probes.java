package io.postern.smtp.probe;

import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Clocks;
import io.postern.smtp.diagnosis.Evidence;
import io.postern.smtp.diagnosis.Finding.CertificateRefused;
import io.postern.smtp.diagnosis.Observation;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.Session;
import io.postern.smtp.session.Stop;
import io.postern.smtp.session.Watch;
import io.postern.smtp.wire.Deadline;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The second looks of one check. It watches the session: when a stage is silent for a second it
/// says what is waited for and begins to look around, and when the session stops it looks at what
/// can still change the verdict. Nothing here signs in.
public final class Probes implements Watch, AutoCloseable {
  /// All probes together, after the session stopped.
  static final Duration AFTER_STOP_MAX = Duration.ofSeconds(6);

  /// The least that they get when the check's budget is spent.
  private static final Duration AFTER_STOP_MIN = Duration.ofMillis(1_500);

  private final Network network;
  private final Subject subject;
  private final Watch watch;
  private final Deadline whole;
  private final Tasks tasks = new Tasks();
  private final Looks looks;
  private final Agenda agenda;
  private volatile @Nullable Session session;
  private volatile List<InetAddress> addresses = List.of();
  private volatile @Nullable InetAddress peer;
  private @Nullable FutureTask<@Nullable CertificateRefused> revocation;
  private @Nullable Stall stall;

  public Probes(Network network, Subject subject, Watch watch) {
    this.network = network;
    this.subject = subject;
    this.watch = watch;
    this.whole = Deadline.after(subject.budget(), network.ticks());
    this.looks = new Looks(tasks, new Names(network.resolver()), this::giveUp);
    this.agenda = new Agenda(tasks, looks);
  }

  /// The session that is watched.
  public void beside(Session watched) {
    session = watched;
  }

  @Override
  public void began(Stage stage) {
    watch.began(stage);
    var begun = new Stall(stage, subject, this::stalled, watch);
    stall = begun;
    Thread.ofVirtual().name("stall-" + stage.word()).start(begun);
  }

  @Override
  public void ended(Rung rung) {
    var begun = stall;
    if (begun != null) {
      begun.over();
    }
    watch.ended(rung);
    var watched = session;
    if (watched != null) {
      addresses = watched.addresses();
      peer = watched.peer();
      if (rung.stage() == Stage.CONNECT && peer != null) {
        looks.otherFamily(site());
        var local = watched.local();
        if (local != null) {
          looks.reverseName(site(), local);
        }
      }
      if (rung.stage() == Stage.CERTIFICATE && rung.outcome() == Rung.Outcome.PASSED) {
        askAuthority(watched);
      }
    }
  }

  @Override
  public void waiting(Stage stage, String sentence) {
    watch.waiting(stage, sentence);
  }

  /// What was seen when a session stopped: waits for the probes that can change the verdict.
  public Evidence after(Stop stop) {
    var watched = session;
    agenda.after(stop, site(), watched == null ? null : watched.chain());
    var deadline = Deadline.after(left(), network.ticks());
    return evidence(tasks.gather(deadline));
  }

  /// What was seen beside a session that succeeded; waits for nothing.
  public Evidence soFar() {
    return evidence(tasks.ready());
  }

  /// Whether the authority has revoked the server's certificate; waits for its answer, two seconds
  /// and less. Asked before a password is shown to the server.
  ///
  /// @return null when not, or when nobody knows
  public @Nullable CertificateRefused revoked() {
    var asked = revocation;
    if (asked == null) {
      return null;
    }
    if (!asked.isDone()) {
      watch.waiting(
          Stage.CERTIFICATE, "Asking the certificate's authority whether it was revoked.");
    }
    try {
      return asked.get(Site.EACH.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // No answer is no news.
      return null;
    } catch (InterruptedException _) {
      // The check was cancelled.
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException("asking for a revocation failed", e.getCause());
    }
  }

  @Override
  public void close() {
    var begun = stall;
    if (begun != null) {
      begun.over();
    }
    tasks.close();
    var asked = revocation;
    if (asked != null) {
      asked.cancel(true);
    }
  }

  private void askAuthority(Session watched) {
    var report = watched.chain();
    if (report != null && revocation == null && Revocation.isKnowable(report)) {
      var asked = new FutureTask<>(new Revocation(site(), report));
      revocation = asked;
      Thread.ofVirtual().name("revocation").start(asked);
    }
  }

  /// Called on the stall's own thread.
  private void stalled(Stall begun) {
    agenda.during(begun.stage(), begun.isLate(), site(), begun::lasts);
  }

  private void giveUp(Stage stage) {
    var watched = session;
    if (watched != null) {
      watched.giveUp(stage);
    }
  }

  private Site site() {
    return new Site(network, subject, addresses, peer);
  }

  private Duration left() {
    var spent = whole.waited();
    var left = subject.budget().minus(spent);
    return left.compareTo(AFTER_STOP_MIN) < 0
        ? AFTER_STOP_MIN
        : left.compareTo(AFTER_STOP_MAX) > 0 ? AFTER_STOP_MAX : left;
  }

  private Evidence evidence(List<Observation> observations) {
    var watched = session;
    var clock = network.clock().instant();
    var greeting = watched == null ? "" : watched.greeting();
    var all = new ArrayList<>(observations);
    if (!network.resolver().named().isEmpty()) {
      all.add(new Observation.NamedServer(network.resolver().named()));
    }
    if (watched != null && !watched.answeredBy().isEmpty()) {
      all.add(new Observation.AnswersAs(watched.answeredBy()));
    }
    if (watched != null && !watched.mechanismsBeforeTls().isEmpty()) {
      all.add(new Observation.OfferedBeforeTls(watched.mechanismsBeforeTls()));
    }
    return new Evidence(
        subject.circumstances(),
        addresses.stream().map(InetAddress::getHostAddress).toList(),
        shown(watched),
        new Clocks(clock, GreetingDate.of(greeting)),
        all);
  }

  private static List<X509Certificate> shown(@Nullable Session watched) {
    var report = watched == null ? null : watched.chain();
    return report == null ? List.of() : report.chain();
  }
}
