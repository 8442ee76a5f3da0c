package io.postern.smtp.diagnosis;

import io.postern.smtp.diagnosis.Finding.Attempt.Reason;
import io.postern.smtp.diagnosis.Observation.Port;
import io.postern.smtp.diagnosis.Observation.Port.Whose;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The reachability matrix: which ports opened, here and elsewhere.
record Reach(List<Port> ports) {
  private static final int WEB = 443;

  /// What the answers of others to one kind of port say.
  enum Elsewhere {
    /// A machine answered, if only with a refusal: no filter swallows the port.
    ANSWERS,
    SILENT,
    UNKNOWN
  }

  static Reach of(DiagnosisContext context) {
    return new Reach(context.evidence().all(Port.class).toList());
  }

  /// How others answer on the mail port that was tried.
  Elsewhere mailElsewhere() {
    var seen = ports.stream().filter(port -> port.whose() == Whose.UNRELATED && port.port() != WEB);
    return summed(seen.toList());
  }

  /// Whether anything opened at all.
  boolean anyOpen() {
    return ports.stream().anyMatch(Port::open);
  }

  /// Whether nothing at all opened, though it was tried.
  boolean allShut() {
    return !ports.isEmpty()
        && !anyOpen()
        && ports.stream().noneMatch(port -> port.reason() == Reason.DENIED);
  }

  /// Whether the relay answers on some port, by opening or by refusing.
  boolean relayAnswers() {
    return ports.stream()
        .anyMatch(port -> port.whose() == Whose.RELAY && (port.open() || isAnswer(port.reason())));
  }

  /// Whether this port of the relay was tried, and opened at none of its addresses.
  boolean isShut(int port) {
    var seen =
        ports.stream().filter(each -> each.whose() == Whose.RELAY && each.port() == port).toList();
    return !seen.isEmpty() && seen.stream().noneMatch(Port::open);
  }

  /// The mail ports of the relay that open, the best first.
  List<Integer> openMail() {
    return Stream.of(587, 465, 2525, 25)
        .filter(wanted ->
            ports.stream()
                .anyMatch(
                    port -> port.whose() == Whose.RELAY && port.port() == wanted && port.open()))
        .toList();
  }

  /// `Open are: port 2525 here, port 443 elsewhere.`; empty when nothing is.
  String words() {
    var open =
        ports.stream()
            .filter(Port::open)
            .sorted(Comparator.comparing(Port::whose).thenComparingInt(Port::port))
            .map(port ->
                port.port() + (port.whose() == Whose.RELAY ? " of this server" : " of others"))
            .distinct()
            .collect(Collectors.joining(", "));
    return open.isEmpty() ? "" : "Ports that open: " + open + ".";
  }

  private static Elsewhere summed(List<Port> seen) {
    if (seen.stream().anyMatch(port -> port.open() || isAnswer(port.reason()))) {
      return Elsewhere.ANSWERS;
    }
    return seen.stream().anyMatch(port -> port.reason() == Reason.NO_ANSWER)
        ? Elsewhere.SILENT
        : Elsewhere.UNKNOWN;
  }

  private static boolean isAnswer(Reason reason) {
    return reason == Reason.REFUSED || reason == Reason.RESET;
  }
}
