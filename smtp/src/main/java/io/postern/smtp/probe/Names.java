package io.postern.smtp.probe;

import io.postern.smtp.diagnosis.Observation;
import io.postern.smtp.diagnosis.Observation.Domain;
import io.postern.smtp.diagnosis.Observation.Domain.Role;
import io.postern.smtp.diagnosis.Observation.Domain.State;
import io.postern.smtp.dns.DnsAnswer;
import io.postern.smtp.dns.Resolver;
import io.postern.smtp.dns.Resolver.RecordType;
import io.postern.smtp.dns.ReverseName;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Questions to the DNS beside the one for the relay.
final class Names {
  /// Reserved by IANA or always there; they tell a resolver that works from one that does not.
  private static final List<String> KNOWN = List.of("iana.org", "example.com", "cloudflare.com");

  private static final int LABEL_LETTERS = 20;
  private static final int EXCHANGERS_MAX = 20;

  private final Resolver resolver;

  Names(Resolver resolver) {
    this.resolver = resolver;
  }

  /// One name that exists; several are asked for at the same time, see [#KNOWN].
  static List<String> known() {
    return KNOWN;
  }

  List<Observation> known(String name) {
    var answer = resolver.ask(name, RecordType.A, Site.EACH);
    var found = answer instanceof DnsAnswer.Found ? 1 : 0;
    var silent = answer instanceof DnsAnswer.NoServer ? 1 : 0;
    return List.of(new Observation.KnownNames(1, found, silent));
  }

  /// A name that nobody can have registered: twenty letters by chance under `.com`.
  static String impossible(RandomGenerator random) {
    var letters = new StringBuilder();
    for (var i = 0; i < LABEL_LETTERS; i++) {
      letters.append((char) ('a' + random.nextInt(26)));
    }
    return letters + ".com";
  }

  List<Observation> impossible(String name) {
    return List.of(
        new Observation.ImpossibleName(
            name, addresses(resolver.ask(name, RecordType.A, Site.EACH))));
  }

  /// What the hosts file says, and the name servers beside it.
  List<Observation> local(String host) {
    var local = resolver.local(host);
    if (local.isEmpty()) {
      return List.of();
    }
    var served =
        Stream.of(RecordType.A, RecordType.AAAA)
            .map(type -> resolver.askServers(host, type, Site.EACH.dividedBy(2)))
            .flatMap(answer -> addresses(answer).stream())
            .toList();
    return List.of(new Observation.LocalName(local, served));
  }

  List<Observation> domain(Role role, String name) {
    var half = Site.EACH.dividedBy(2);
    var seen =
        switch (resolver.ask(name, RecordType.MX, half)) {
          case DnsAnswer.Found(var values, _) -> withExchangers(role, name, values);
          case DnsAnswer.NoData _ -> new Domain(role, name, addressed(name, half), List.of());
          case DnsAnswer.NoName _ -> new Domain(role, name, State.NO_SUCH_NAME, List.of());
          case DnsAnswer.ServerFailed _, DnsAnswer.Unusable _ ->
              new Domain(role, name, State.FAILS, List.of());
          case DnsAnswer.NoServer _ -> new Domain(role, name, State.NO_ANSWER, List.of());
        };
    return List.of(seen);
  }

  /// Whether this address can have a name in public DNS: not behind a translation, not a private
  /// one (RFC 1918, RFC 6598, RFC 4193).
  static boolean isPublic(InetAddress address) {
    var octets = address.getAddress();
    var first = octets[0] & 0xff;
    var carrier = octets.length == 4 && first == 100 && (octets[1] & 0xc0) == 0x40;
    var unique = octets.length == 16 && (first & 0xfe) == 0xfc;
    return !carrier
        && !unique
        && !address.isLoopbackAddress()
        && !address.isSiteLocalAddress()
        && !address.isLinkLocalAddress()
        && !address.isAnyLocalAddress();
  }

  /// The reverse name of an address, and whether it leads back (RFC 1912 section 2.1).
  List<Observation> reverse(InetAddress address) {
    var half = Site.EACH.dividedBy(2);
    return switch (resolver.ask(ReverseName.of(address), RecordType.PTR, half)) {
      case DnsAnswer.Found(var names, _) -> {
        var type = address instanceof Inet6Address ? RecordType.AAAA : RecordType.A;
        var name = names.getFirst();
        var back = addresses(resolver.ask(name, type, half));
        yield List.of(
            new Observation.ReverseName(
                address.getHostAddress(), name, back.contains(address.getHostAddress())));
      }
      case DnsAnswer.NoName _, DnsAnswer.NoData _ ->
          List.of(new Observation.ReverseName(address.getHostAddress(), "", false));
      case DnsAnswer.ServerFailed _, DnsAnswer.Unusable _, DnsAnswer.NoServer _ -> List.of();
    };
  }

  private State addressed(String name, Duration within) {
    var has =
        Stream.of(RecordType.A, RecordType.AAAA)
            .anyMatch(type -> resolver.ask(name, type, within) instanceof DnsAnswer.Found);
    return has ? State.EXISTS : State.EMPTY;
  }

  private static Domain withExchangers(Role role, String name, List<String> values) {
    record Exchanger(int preference, String host) {}
    var exchangers = new ArrayList<Exchanger>();
    for (var value : values) {
      var words = value.split(" ", 2);
      var host = words[words.length - 1].toLowerCase(Locale.ROOT);
      exchangers.add(
          new Exchanger(
              Integer.parseInt(words[0]),
              host.endsWith(".") ? host.substring(0, host.length() - 1) : host));
    }
    var hosts =
        exchangers.stream()
            .sorted(Comparator.comparingInt(Exchanger::preference))
            .map(Exchanger::host)
            .filter(host -> !host.isEmpty())
            .limit(EXCHANGERS_MAX)
            .toList();
    return new Domain(role, name, hosts.isEmpty() ? State.NULL_MX : State.EXISTS, hosts);
  }

  private static List<String> addresses(DnsAnswer answer) {
    return answer instanceof DnsAnswer.Found(var values, _) ? values : List.of();
  }

  /// The domain above a host name that a company may own; empty when there is none.
  static String parent(String host) {
    var dot = host.indexOf('.');
    return dot > 0 && host.indexOf('.', dot + 1) > 0 ? host.substring(dot + 1) : "";
  }
}
