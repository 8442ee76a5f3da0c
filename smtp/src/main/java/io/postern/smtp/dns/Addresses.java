package io.postern.smtp.dns;

import io.postern.smtp.HostName;
import io.postern.smtp.diagnosis.Finding;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The addresses of a relay.
public final class Addresses {
  /// more are not tried.
  public static final int ADDRESSES_MAX = 8;

  private Addresses() {}

  /// Addresses, or why there are none.
  public sealed interface Result {
    record Found(List<InetAddress> addresses) implements Result {}

    record Missing(Finding finding) implements Result {}
  }

  public static Result lookUp(HostName host, Resolver resolver, Duration within) {
    if (host.isAddress()) {
      return new Result.Found(List.of(InetAddress.ofLiteral(host.ascii())));
    }
    var four = resolver.ask(host.ascii(), Resolver.RecordType.A, within);
    // Whoever did not answer once will not answer the second question either.
    var six =
        four instanceof DnsAnswer.NoServer
            ? four
            : resolver.ask(host.ascii(), Resolver.RecordType.AAAA, within);
    var addresses = new ArrayList<InetAddress>();
    collect(four, addresses);
    collect(six, addresses);
    return addresses.isEmpty()
        ? new Result.Missing(why(host, four, six))
        : new Result.Found(
            List.copyOf(addresses.subList(0, Math.min(ADDRESSES_MAX, addresses.size()))));
  }

  private static void collect(DnsAnswer answer, List<InetAddress> addresses) {
    if (answer instanceof DnsAnswer.Found(var values, _)) {
      values.stream().map(InetAddress::ofLiteral).forEach(addresses::add);
    }
  }

  private static Finding why(HostName host, DnsAnswer four, DnsAnswer six) {
    var first = worse(four, six);
    return switch (first) {
      case DnsAnswer.NoServer _ -> new Finding.ResolverUnreachable(host.ascii());
      case DnsAnswer.ServerFailed(var code) -> new Finding.ZoneFails(host.ascii(), code);
      case DnsAnswer.Unusable(var ofZone, var sentence) ->
          new Finding.AnswerUnusable(host.ascii(), ofZone, sentence);
      case DnsAnswer.NoName _ -> new Finding.NameNotFound(host.ascii());
      case DnsAnswer.NoData _, DnsAnswer.Found _ -> new Finding.NoAddress(host.ascii());
    };
  }

  /// A failure of the DNS itself explains more than an absent record.
  private static DnsAnswer worse(DnsAnswer four, DnsAnswer six) {
    return switch (six) {
      case DnsAnswer.NoServer _, DnsAnswer.ServerFailed _, DnsAnswer.Unusable _ -> six;
      case DnsAnswer.Found _, DnsAnswer.NoData _, DnsAnswer.NoName _ -> four;
    };
  }
}
