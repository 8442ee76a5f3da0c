package io.postern.smtp.session;

import io.postern.smtp.Printable;
import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.Rung;
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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Runs the stages of a session: one deadline each, one rung each, and the one place where an
/// [IOException] becomes a finding.
final class Climb {
  private final LongSupplier ticks;
  private final Watch watch;
  private final List<Rung> rungs = new ArrayList<>();

  Climb(LongSupplier ticks, Watch watch) {
    this.ticks = ticks;
    this.watch = watch;
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
    watch.began(stage);
    var deadline = Deadline.after(patience, ticks);
    var end = end(stage, deadline, step);
    var millis = deadline.waited().toMillis();
    var rung =
        switch (end) {
          case End.Passed(var fact) -> new Rung(stage, Rung.Outcome.PASSED, millis, fact);
          case End.Warned(var fact) -> new Rung(stage, Rung.Outcome.WARNED, millis, fact);
          case End.Broken(var finding, var reply) ->
              new Rung(stage, Rung.Outcome.FAILED, millis, Facts.of(finding, reply));
        };
    rungs.removeIf(earlier -> earlier.stage() == stage);
    rungs.add(rung);
    watch.ended(rung);
    return end instanceof End.Broken(var finding, var reply)
        ? new Stop(stage, finding, reply)
        : null;
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
      case EgressDeniedException denied ->
          new Finding.EgressDenied(String.valueOf(denied.getMessage()));
      case ProtocolException broken -> protocol(broken);
      case SocketTimeoutException _ -> new Finding.NoAnswer(stage.label(), waited);
      case EOFException _ -> new Finding.ConnectionLost(stage.label(), false);
      case SocketException lost -> new Finding.ConnectionLost(stage.label(), isReset(lost));
      default -> new Finding.ConnectionLost(stage.label(), false);
    };
  }

  private static Finding protocol(ProtocolException broken) {
    var first = broken.first();
    if (first.length > 1 && (first[0] == 0x15 || first[0] == 0x16) && first[1] == 3) {
      return new Finding.TlsInsteadOfGreeting();
    }
    return new Finding.ProtocolBroken(
        String.valueOf(broken.getMessage()),
        Printable.of(new String(first, StandardCharsets.ISO_8859_1)));
  }

  private static boolean isReset(SocketException lost) {
    var text = String.valueOf(lost.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("reset") || text.contains("broken pipe");
  }
}
