package io.postern.smtp.session;

import io.postern.smtp.HostName;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.Finding.Attempt;
import io.postern.smtp.session.Climb.End;
import io.postern.smtp.tls.ChainReport;
import io.postern.smtp.tls.Names;
import io.postern.smtp.wire.Deadline;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tries the addresses of a relay in turn, and words what the first rungs saw.
final class Opening {
  private final Dialer dialer;
  private final LongSupplier ticks;
  private @Nullable Socket socket;

  Opening(Dialer dialer, LongSupplier ticks) {
    this.dialer = dialer;
    this.ticks = ticks;
  }

  End connect(List<InetAddress> addresses, int port, Duration each, Deadline deadline)
      throws IOException {
    var attempts = new ArrayList<Attempt>();
    for (var address : addresses) {
      var left = Duration.ofMillis(deadline.millisLeft());
      try {
        var own = Deadline.after(each, ticks);
        socket =
            dialer.dial(
                new InetSocketAddress(address, port), left.compareTo(each) < 0 ? left : each);
        var text = HostName.of(address) + ", port " + port;
        return attempts.isEmpty()
            ? new End.Passed(text)
            : new End.Warned(
                text + " after " + own.waited().toMillis() + " ms; " + failures(attempts));
      } catch (EgressDeniedException denied) {
        return new End.Broken(denied.finding(), null);
      } catch (IOException e) {
        attempts.add(new Attempt(HostName.of(address).ascii(), Attempts.reason(e)));
      }
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
    }
    return new End.Broken(new Finding.ConnectFailed(attempts), null);
  }

  @Nullable Socket socket() {
    return socket;
  }

  /// `142.250.102.108 and one IPv6 address`.
  static String list(List<InetAddress> addresses) {
    var four = addresses.stream().filter(address -> !(address instanceof Inet6Address)).toList();
    var six = addresses.size() - four.size();
    if (four.isEmpty()) {
      return words(addresses.stream());
    }
    var text = words(four.stream().limit(3));
    return switch (six) {
      case 0 -> text;
      case 1 -> text + " and one IPv6 address";
      default -> text + " and " + six + " IPv6 addresses";
    };
  }

  private static String words(Stream<InetAddress> addresses) {
    return addresses.map(address -> HostName.of(address).ascii()).collect(Collectors.joining(", "));
  }

  static String summary(Extensions extensions) {
    var auth = extensions.parameters("AUTH");
    var words = new ArrayList<String>();
    if (extensions.has("STARTTLS")) {
      words.add("STARTTLS");
    }
    if (!auth.isEmpty()) {
      words.add("AUTH " + String.join(" ", auth));
    }
    return words.isEmpty() ? "no STARTTLS, no AUTH" : String.join(", ", words);
  }

  static String trusted(ChainReport report, Instant now) {
    var leaf = report.leaf();
    var days = Duration.between(now, leaf.getNotAfter().toInstant()).toDays();
    return "%s, %s, %d days left"
        .formatted(
            Names.shortName(leaf.getSubjectX500Principal()),
            report.pinned() ? "trusted for this relay" : "trusted",
            days);
  }

  /// An address literal for EHLO (RFC 5321 section 4.1.3).
  static String literal(InetAddress address) {
    return HostName.of(address).inEhlo();
  }

  private static String failures(List<Attempt> attempts) {
    return attempts.size() == 1
        ? attempts.getFirst().address() + " failed"
        : attempts.size() + " other addresses failed";
  }
}
