package io.postern.smtp.discovery;

import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.MalformedValueException;
import io.postern.smtp.Security;
import io.postern.smtp.diagnosis.Provider;
import io.postern.smtp.diagnosis.Rulebook;
import io.postern.smtp.discovery.Offer.Source;
import io.postern.smtp.dns.DnsAnswer;
import io.postern.smtp.dns.Resolver;
import io.postern.smtp.dns.Resolver.RecordType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds where the provider of a mail address takes mail (R-300, steps 1, 4 and 6): the table of
/// providers, then the SRV records of the domain, then the provider of its mail exchanger. Asks the
/// DNS for names of the domain only; the address itself goes nowhere.
public final class Discovery {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /// More would be a list nobody reads.
  static final int OFFERS_MAX = 4;

  private final Resolver resolver;

  public Discovery(Resolver resolver) {
    this.resolver = resolver;
  }

  /// The places found, the best first; empty when nothing is known about the domain.
  public List<Offer> offers(Mailbox address) {
    var domain = address.domain().ascii();
    var provider = Rulebook.ofMailDomain(domain);
    if (provider != null) {
      return of(provider, address, Source.TABLE);
    }
    var offers = new ArrayList<Offer>();
    offers.addAll(services("_submissions._tcp.", Security.TLS, address));
    offers.addAll(services("_submission._tcp.", Security.STARTTLS, address));
    var receives = exchanger(domain);
    if (offers.isEmpty() && receives != null) {
      offers.addAll(of(receives, address, Source.EXCHANGER));
    }
    return offers.stream().limit(OFFERS_MAX).toList();
  }

  private static List<Offer> of(Provider provider, Mailbox address, Source source) {
    var username = provider.usernameOf(address);
    return provider.submissions().stream()
        .map(place ->
            new Offer(
                place.host(),
                place.port(),
                place.security(),
                username,
                source,
                isForeign(place.host(), address)))
        .limit(OFFERS_MAX)
        .toList();
  }

  /// A target of `.` says that the service is not there (RFC 2782).
  private List<Offer> services(String service, Security security, Mailbox address) {
    var found = new ArrayList<Service>();
    for (var value : values(service + address.domain().ascii(), RecordType.SRV)) {
      var parsed = Service.read(value);
      if (parsed != null) {
        found.add(parsed);
      }
    }
    // By priority, then the heavier first: a fixed order, since one place is chosen for long.
    found.sort(
        Comparator.comparingInt(Service::priority)
            .thenComparing(Comparator.comparingInt(Service::weight).reversed()));
    return found.stream()
        .map(each ->
            new Offer(
                each.host(),
                each.port(),
                security,
                address.toString(),
                Source.SRV,
                isForeign(each.host(), address)))
        .toList();
  }

  private @Nullable Provider exchanger(String domain) {
    for (var value : values(domain, RecordType.MX)) {
      var name = value.substring(value.indexOf(' ') + 1).toLowerCase(Locale.ROOT);
      var provider = Rulebook.ofHost(withoutDot(name));
      if (provider != null && !provider.submissions().isEmpty()) {
        return provider;
      }
    }
    return null;
  }

  private List<String> values(String name, RecordType type) {
    return resolver.ask(name, type, PATIENCE) instanceof DnsAnswer.Found(var values, _)
        ? values
        : List.of();
  }

  private static boolean isForeign(String host, Mailbox address) {
    var domain = address.domain().ascii();
    return !host.equals(domain) && !host.endsWith("." + domain);
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /// `priority weight port target` (RFC 2782).
  private record Service(int priority, int weight, int port, String host) {
    static @Nullable Service read(String value) {
      var words = value.split(" ", -1);
      if (words.length != 4 || words[3].equals(".")) {
        return null;
      }
      try {
        var host = HostName.parse(withoutDot(words[3])).ascii();
        var port = Integer.parseInt(words[2]);
        return port < 1 || port > 65535
            ? null
            : new Service(Integer.parseInt(words[0]), Integer.parseInt(words[1]), port, host);
      } catch (MalformedValueException | NumberFormatException _) {
        // A record that cannot be used is no offer.
        return null;
      }
    }
  }
}
