package io.postern.smtp.session;

import io.postern.smtp.HostName;
import io.postern.smtp.tls.ChainReport;
import io.postern.smtp.tls.Names;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Words what the first rungs saw.
final class Opening {
  private Opening() {}

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
}
