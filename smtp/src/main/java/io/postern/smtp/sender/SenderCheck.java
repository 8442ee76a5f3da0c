package io.postern.smtp.sender;

import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.diagnosis.Provider;
import io.postern.smtp.diagnosis.Provider.Kind;
import io.postern.smtp.diagnosis.Rulebook;
import io.postern.smtp.dns.Addresses;
import io.postern.smtp.dns.DnsAnswer;
import io.postern.smtp.dns.Resolver;
import io.postern.smtp.dns.Resolver.RecordType;
import io.postern.smtp.sender.SenderReport.Point;
import io.postern.smtp.sender.SenderReport.Topic;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at a sender as a receiver would, by own DNS questions only. The addresses
/// that a relay sends from are not known here, so what depends on them is worded as likely.
public final class SenderCheck {
  /// Always there: the registry of the Internet's own names.
  private static final String KNOWN = "iana.org";

  private static final Duration RELAY_PATIENCE = Duration.ofSeconds(2);

  private final Resolver resolver;

  public SenderCheck(Resolver resolver) {
    this.resolver = resolver;
  }

  /// Asks at most some sixty questions of two seconds each, on the calling thread.
  public SenderReport report(Mailbox from, HostName relay) {
    var questions = new Questions(resolver);
    var domain = from.domain().ascii();
    var provider = Rulebook.ofHost(relay.ascii());
    var points = new ArrayList<Point>();
    var exists = domain(domain, questions);
    points.add(exists);
    if (exists.standing() == SenderReport.Standing.BROKEN) {
      return new SenderReport(from, points);
    }
    var spf = new SpfPoint(questions, provider, addresses(relay)).of(domain);
    var dkim = dkim(domain, provider, questions);
    points.add(spf);
    points.add(dkim);
    points.add(dmarc(domain, provider, passing(provider, spf, dkim), questions));
    return new SenderReport(from, points);
  }

  private List<InetAddress> addresses(HostName relay) {
    return switch (Addresses.lookUp(relay, resolver, RELAY_PATIENCE)) {
      case Addresses.Result.Found(var found) -> found;
      case Addresses.Result.Missing _ -> List.of();
    };
  }

  /// receivers refuse a sender whom nobody could answer.
  private static Point domain(String domain, Questions questions) {
    var exchangers = questions.ask(domain, RecordType.MX);
    return switch (exchangers) {
      case DnsAnswer.NoName _ -> missing(domain, questions);
      case DnsAnswer.ServerFailed _, DnsAnswer.NoServer _ ->
          SenderReport.open(
              Topic.DOMAIN,
              "The name servers of %s did not answer; receivers put mail off while that lasts."
                  .formatted(domain));
      case DnsAnswer.Unusable(_, var sentence) ->
          SenderReport.open(
              Topic.DOMAIN,
              "%s cannot be looked up; receivers put mail off while that lasts. %s"
                  .formatted(domain, sentence));
      case DnsAnswer.Found(var values, _) when isNull(values) ->
          SenderReport.broken(
              Topic.DOMAIN,
              "%s says that it takes no mail (null MX, RFC 7505); many receivers refuse mail from it."
                  .formatted(domain),
              "");
      case DnsAnswer.Found(var values, _) ->
          SenderReport.good(
              Topic.DOMAIN, "%s takes mail at %s.".formatted(domain, firstHost(values)));
      case DnsAnswer.NoData _ -> withoutExchanger(domain, questions);
    };
  }

  /// A resolver to which nothing exists says nothing about one domain.
  private static Point missing(String domain, Questions questions) {
    return questions.ask(KNOWN, RecordType.A) instanceof DnsAnswer.NoName
        ? SenderReport.open(
            Topic.DOMAIN,
            "The DNS of this machine says that %s does not exist, and says so of %s too: mend the DNS first."
                .formatted(domain, KNOWN))
        : SenderReport.broken(
            Topic.DOMAIN,
            "There is no domain %s; receivers refuse mail from it.".formatted(domain),
            "");
  }

  private static Point withoutExchanger(String domain, Questions questions) {
    var addressed =
        questions.ask(domain, RecordType.A) instanceof DnsAnswer.Found
            || questions.ask(domain, RecordType.AAAA) instanceof DnsAnswer.Found;
    return addressed
        ? SenderReport.warned(
            Topic.DOMAIN,
            "%s has an address but no MX record: answers to this sender may get lost."
                .formatted(domain),
            "")
        : SenderReport.broken(
            Topic.DOMAIN,
            "%s has neither MX record nor address; receivers refuse mail from it."
                .formatted(domain),
            "");
  }

  private static boolean isNull(List<String> exchangers) {
    return exchangers.size() == 1 && firstHost(exchangers).isEmpty();
  }

  private static String firstHost(List<String> exchangers) {
    var host = exchangers.getFirst().substring(exchangers.getFirst().indexOf(' ') + 1).strip();
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /// selectors cannot be discovered; those that the provider uses can be tried.
  private static Point dkim(String domain, @Nullable Provider provider, Questions questions) {
    if (provider != null) {
      for (var selector : provider.dkimSelectors()) {
        var name = selector + "._domainkey." + domain;
        if (questions.ask(name, RecordType.TXT) instanceof DnsAnswer.Found(var values, _)
            && values.stream().anyMatch(value -> value.contains("p="))) {
          return SenderReport.good(
              Topic.DKIM,
              "%s has a key for %s (%s), so its signatures count for %s."
                  .formatted(domain, provider.name(), name, domain));
        }
      }
      if (!provider.dkimSelectors().isEmpty()) {
        return SenderReport.warned(
            Topic.DKIM,
            "No key of %s was found at %s under its usual names (%s); without one its signature likely does not count for %s. Switch DKIM on for the domain in its console."
                .formatted(
                    provider.name(), domain, String.join(", ", provider.dkimSelectors()), domain),
            "");
      }
    }
    return SenderReport.open(
        Topic.DKIM,
        "Whether the relay signs for %s cannot be known from the DNS. A received test message tells: look for dkim=pass in its Authentication-Results."
            .formatted(domain));
  }

  /// Which of both may pass for the domain, as far as was seen.
  private enum Passing {
    LIKELY,
    ONLY_BY_DKIM,
    NEITHER
  }

  private static Passing passing(@Nullable Provider provider, Point spf, Point dkim) {
    var bySpf = !hasOwnEnvelope(provider) && !failed(spf);
    if (bySpf || dkim.standing() == SenderReport.Standing.GOOD) {
      return Passing.LIKELY;
    }
    // A service signs by itself; of a relay that nobody knows, nothing is known.
    return failed(dkim)
        ? Passing.NEITHER
        : hasOwnEnvelope(provider) ? Passing.LIKELY : Passing.ONLY_BY_DKIM;
  }

  private static boolean failed(Point point) {
    return point.standing() == SenderReport.Standing.WARNED
        || point.standing() == SenderReport.Standing.BROKEN;
  }

  /// Services mostly put a bounce address of their own into the envelope, so that SPF speaks for
  /// their domain.
  private static boolean hasOwnEnvelope(@Nullable Provider provider) {
    return provider != null && provider.kind() == Kind.SERVICE;
  }

  ///
  private static Point dmarc(
      String domain, @Nullable Provider provider, Passing passing, Questions questions) {
    return switch (Dmarc.walk(domain, questions)) {
      case Dmarc.Walk.None _ ->
          SenderReport.warned(
              Topic.DMARC,
              "%s has no DMARC record. Gmail, Yahoo and Microsoft ask for one from whoever sends much."
                  .formatted(domain),
              "_dmarc.%s TXT \"v=DMARC1; p=none; rua=mailto:postmaster@%s\""
                  .formatted(domain, domain));
      case Dmarc.Walk.Ambiguous(var where) ->
          SenderReport.broken(
              Topic.DMARC,
              "There is more than one DMARC record at _dmarc.%s; receivers ignore them all. Leave one."
                  .formatted(where),
              "");
      case Dmarc.Walk.Failing(var where) ->
          SenderReport.open(
              Topic.DMARC, "The name servers did not answer for _dmarc.%s.".formatted(where));
      case Dmarc.Walk.Found(var record) -> policy(record, domain, provider, passing);
    };
  }

  private static Point policy(
      Dmarc record, String domain, @Nullable Provider provider, Passing passing) {
    var policy = record.policy(domain);
    var where = record.domain().equals(domain) ? "" : ", published at " + record.domain();
    var old =
        record.hasRemovedTags() ? " Its tags pct, rf and ri mean nothing any more (RFC 9989)." : "";
    var unmet = policy.equals("none") ? "" : unmet(policy, passing);
    var sentence =
        "Policy %s%s. %s%s%s"
            .formatted(policy, where, aligned(record, domain, provider), unmet, old);
    return old.isEmpty() && unmet.isEmpty()
        ? SenderReport.good(Topic.DMARC, sentence)
        : SenderReport.warned(Topic.DMARC, sentence, "");
  }

  private static String unmet(String policy, Passing passing) {
    var what = policy.equals("reject") ? "refuse" : "put aside";
    return switch (passing) {
      case LIKELY -> "";
      case ONLY_BY_DKIM ->
          " SPF likely does not pass: unless the relay signs for the domain with DKIM, receivers will %s mail from here."
              .formatted(what);
      case NEITHER ->
          " Nothing found above passes it, so receivers will likely %s mail from here."
              .formatted(what);
    };
  }

  private static String aligned(Dmarc record, String domain, @Nullable Provider provider) {
    return provider != null && hasOwnEnvelope(provider)
        ? "Services like %s mostly put a bounce address of their own into the envelope; then only a DKIM signature of %s counts%s."
            .formatted(
                provider.name(),
                domain,
                record.isStrict("adkim") ? " (strictly: the same domain)" : "")
        : "Envelope and From are the same here, so SPF counts as well as DKIM%s."
            .formatted(record.isStrict("aspf") ? " (strictly: the same domain)" : "");
  }
}
