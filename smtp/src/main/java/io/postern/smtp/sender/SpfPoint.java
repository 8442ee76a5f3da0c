package io.postern.smtp.sender;

import io.postern.smtp.HostName;
import io.postern.smtp.diagnosis.Provider;
import io.postern.smtp.dns.Resolver.RecordType;
import io.postern.smtp.sender.SenderReport.Point;
import io.postern.smtp.sender.SenderReport.Topic;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether the SPF record of a domain speaks for the relay (RFC 7208, R-281).
final class SpfPoint {
  private final Questions questions;
  private final @Nullable Provider provider;
  private final List<InetAddress> relay;

  SpfPoint(Questions questions, @Nullable Provider provider, List<InetAddress> relay) {
    this.questions = questions;
    this.provider = provider;
    this.relay = relay;
  }

  Point of(String domain) {
    var answer = questions.ask(domain, RecordType.TXT);
    if (Questions.failed(answer)) {
      return SenderReport.open(
          Topic.SPF, "The name servers of %s did not answer for its SPF record.".formatted(domain));
    }
    var records = Questions.tagged(answer, "v=spf1");
    if (records.isEmpty()) {
      return SenderReport.warned(
          Topic.SPF,
          "%s has no SPF record, so no receiver can tell who may send for it.".formatted(domain),
          suggestion(domain));
    }
    if (records.size() > 1) {
      return SenderReport.broken(
          Topic.SPF,
          "%s has %d SPF records; receivers then take none of them (RFC 7208 section 4.5). Join them into one."
              .formatted(domain, records.size()),
          "");
    }
    var walk = new SpfWalk(questions, relay);
    walk.walk(domain, records.getFirst());
    return judged(domain, walk);
  }

  private Point judged(String domain, SpfWalk walk) {
    var circle = walk.circle();
    if (circle != null) {
      return endless(domain, walk, circle);
    }
    if (walk.lookups() > SpfWalk.LOOKUPS_MAX) {
      return SenderReport.broken(
          Topic.SPF,
          "The SPF record of %s needs more than %d lookups; receivers then treat it as broken. Take out includes that nobody needs."
              .formatted(domain, SpfWalk.LOOKUPS_MAX),
          "");
    }
    if (walk.voids() > SpfWalk.VOIDS_MAX) {
      return SenderReport.warned(
          Topic.SPF,
          "%d lookups of the SPF record of %s find nothing; more than %d make some receivers treat it as broken."
              .formatted(walk.voids(), domain, SpfWalk.VOIDS_MAX),
          "");
    }
    return speaksFor(domain, walk);
  }

  /// Receivers stop at the first term that names the sender (RFC 7208 section 4.6.2): whom an
  /// earlier one names never comes to the circle.
  private Point endless(String domain, SpfWalk walk, SpfWalk.Circle circle) {
    var domains = circle.domains();
    var sentence =
        "The SPF record of %s leads in a circle: %s → %s. Receivers go round until %d lookups are used up and then treat it as broken (RFC 7208 section 4.6.4)%s. Take %s out of the record of %s."
            .formatted(
                domain,
                String.join(" → ", domains),
                domains.getFirst(),
                SpfWalk.LOOKUPS_MAX,
                walk.namesRelay() ? ", unless a term before it names the sending server" : "",
                circle.term(),
                domains.getLast());
    return walk.namesRelay()
        ? SenderReport.warned(Topic.SPF, sentence, "")
        : SenderReport.broken(Topic.SPF, sentence, "");
  }

  private Point speaksFor(String domain, SpfWalk walk) {
    var include = provider == null ? "" : provider.spfInclude();
    if (!include.isEmpty() && walk.included().contains(include)) {
      return SenderReport.good(
          Topic.SPF,
          "The SPF record of %s includes %s, the servers of %s."
              .formatted(domain, include, provider == null ? "" : provider.name()));
    }
    if (walk.namesRelay()) {
      return SenderReport.good(
          Topic.SPF,
          "The SPF record of %s names the relay's address. Mail that leaves from another address of it is not covered."
              .formatted(domain));
    }
    if (walk.isFailing() || walk.hasMacros()) {
      return SenderReport.open(
          Topic.SPF,
          walk.isFailing()
              ? "Part of the SPF record of %s could not be looked up.".formatted(domain)
              : "The SPF record of %s depends on each mail (macros), so it cannot be judged from here."
                  .formatted(domain));
    }
    return SenderReport.warned(
        Topic.SPF,
        "The SPF record of %s likely does not cover this relay: neither its addresses nor its include stand in it."
            .formatted(domain),
        terms().isEmpty() ? "" : "add %s to the TXT record of %s".formatted(terms(), domain));
  }

  private String suggestion(String domain) {
    return terms().isEmpty() ? "" : "%s TXT \"v=spf1 %s ~all\"".formatted(domain, terms());
  }

  /// What speaks for the relay, where that is known: what it is called inside its own network is
  /// nothing to receivers.
  private String terms() {
    var include = provider == null ? "" : provider.spfInclude();
    return include.isEmpty()
        ? relay.stream()
            .filter(SpfPoint::isSeenOutside)
            .map(each -> (each.getAddress().length == 4 ? "ip4:" : "ip6:") + HostName.of(each))
            .collect(Collectors.joining(" "))
        : "include:" + include;
  }

  private static boolean isSeenOutside(InetAddress address) {
    // fc00::/7, unique local (RFC 4193).
    var local = address.getAddress().length == 16 && (address.getAddress()[0] & 0xFE) == 0xFC;
    return !local
        && !address.isLoopbackAddress()
        && !address.isSiteLocalAddress()
        && !address.isLinkLocalAddress();
  }
}
