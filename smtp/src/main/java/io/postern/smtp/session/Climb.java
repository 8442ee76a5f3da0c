package io.postern.smtp.session;

import io.postern.smtp.Printable;
import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.FirstLine;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.tls.Handshake;
import io.postern.smtp.wire.Deadline;
import io.postern.smtp.wire.ProtocolException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Runs the stages of a session: one deadline each, one rung each, and the one place where an
/// [IOException] becomes a finding.
final class Climb {
  private final LongSupplier ticks;
  private final Watch watch;
  private final Deadline whole;
  private final List<Rung> rungs = new ArrayList<>();
  private @Nullable Stop last;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Stage current;
  private boolean givenUp;

  /// @param budget for all stages together
  Climb(LongSupplier ticks, Watch watch, Duration budget) {
    this.ticks = ticks;
    this.watch = watch;
    this.whole = Deadline.after(budget, ticks);
  }

  /// What a stage does.
  interface Step {
    End run(Deadline deadline) throws IOException;
  }

  /// How it ended.
  sealed interface End {
    /// @param fact one fact for the rung
    record Passed(String fact) implements End {}

    record Warned(String fact) implements End {}

    record Broken(Finding finding, @Nullable Reply reply) implements End {}
  }

  static End refused(String command, Reply reply) {
    return new End.Broken(new Finding.Refused(command, reply), reply);
  }

  /// @return where it broke, null when it passed
  @Nullable Stop stage(Stage stage, Duration patience, Step step) {
    current(stage);
    watch.began(stage);
    var deadline = within(patience);
    var end = unlessGivenUp(end(stage, deadline, step), stage, deadline.waited());
    var millis = deadline.waited().toMillis();
    var rung =
        switch (end) {
          case End.Passed(var fact) -> new Rung(stage, Rung.Outcome.PASSED, millis, fact);
          case End.Warned(var fact) -> new Rung(stage, Rung.Outcome.WARNED, millis, fact);
          case End.Broken(_, var reply)
              when reply == null && Thread.currentThread().isInterrupted() ->
              new Rung(stage, Rung.Outcome.SKIPPED, millis, "stopped here");
          case End.Broken(var finding, var reply) ->
              new Rung(stage, Rung.Outcome.FAILED, millis, Facts.of(finding, reply));
        };
    put(rung);
    watch.ended(rung);
    last =
        end instanceof End.Broken(var finding, var reply) ? new Stop(stage, finding, reply) : null;
    return last;
  }

  /// A stage that is climbed again, such as EHLO inside TLS, keeps its place in the ladder.
  private void put(Rung rung) {
    for (var i = 0; i < rungs.size(); i++) {
      if (rungs.get(i).stage() == rung.stage()) {
        rungs.set(i, rung);
        return;
      }
    }
    rungs.add(rung);
  }

  /// A deadline for a part of a stage, no longer than what is left of the whole.
  Deadline within(Duration patience) {
    var left = whole.left();
    return Deadline.after(patience.compareTo(left) < 0 ? patience : left, ticks);
  }

  /// Whether the server waits for a command, so that QUIT is due: also after a refusal, but not
  /// when it said 421, fell silent or broke the protocol.
  boolean expectsCommand() {
    if (last == null) {
      return true;
    }
    var reply = last.reply();
    return reply != null
        ? reply.code() != 421
        : last.finding() instanceof Finding.NotOffered
            || last.finding() instanceof Finding.MechanismsUnusable
            || last.finding() instanceof Finding.PinNotOffered
            || last.finding() instanceof Finding.TokenMissing
            || last.finding() instanceof Finding.TooLarge;
  }

  /// Ends the wait of a stage that a probe has explained, from another thread.
  ///
  /// @param cut breaks the connection, so that the stage returns
  void giveUp(Stage stage, Runnable cut) {
    lock.lock();
    try {
      if (current == stage && !givenUp) {
        givenUp = true;
        cut.run();
      }
    } finally {
      lock.unlock();
    }
  }

  private void current(@Nullable Stage stage) {
    lock.lock();
    try {
      current = stage;
      givenUp = false;
    } finally {
      lock.unlock();
    }
  }

  /// A stage that was given up has no answer, even when one arrived at the last moment: its
  /// connection is cut.
  private End unlessGivenUp(End end, Stage stage, Duration waited) {
    lock.lock();
    try {
      current = null;
      return givenUp ? new End.Broken(new Finding.NoAnswer(stage.label(), waited), null) : end;
    } finally {
      lock.unlock();
    }
  }

  LongSupplier ticks() {
    return ticks;
  }

  List<Rung> rungs() {
    return List.copyOf(rungs);
  }

  private static End end(Stage stage, Deadline deadline, Step step) {
    try {
      return step.run(deadline);
    } catch (IOException e) {
      return new End.Broken(findingOf(e, stage, deadline.waited()), null);
    }
  }

  static Finding findingOf(IOException e, Stage stage, Duration waited) {
    return switch (e) {
      case EgressDeniedException denied -> denied.finding();
      case TokenMissingException missing -> missing.finding();
      case ProtocolException broken -> protocol(broken, stage);
      case SocketTimeoutException _ -> new Finding.NoAnswer(stage.label(), waited);
      case EOFException _ -> new Finding.ConnectionLost(stage.label(), false);
      // An alert after the handshake; TLS 1.3 sends some only then.
      case SSLException alert when alerted(alert) -> Handshake.findingOf(alert);
      case SocketException lost -> new Finding.ConnectionLost(stage.label(), isReset(lost));
      default -> new Finding.ConnectionLost(stage.label(), false);
    };
  }

  private static Finding protocol(ProtocolException broken, Stage stage) {
    var first = broken.first();
    if (first.length > 1 && (first[0] == 0x15 || first[0] == 0x16) && first[1] == 3) {
      return new Finding.TlsInsteadOfGreeting();
    }
    var line = Printable.of(new String(first, StandardCharsets.ISO_8859_1));
    return new Finding.ProtocolBroken(
        String.valueOf(broken.getMessage()), stage == Stage.BANNER ? FirstLine.kept(line) : line);
  }

  private static boolean alerted(SSLException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("alert");
  }

  private static boolean isReset(SocketException lost) {
    var text = String.valueOf(lost.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("reset") || text.contains("broken pipe");
  }
}
