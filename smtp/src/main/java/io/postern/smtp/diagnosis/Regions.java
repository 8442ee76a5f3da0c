package io.postern.smtp.diagnosis;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// The region of a provider, as server names spell it. Credentials and verified senders belong to
/// one region at some providers, and the mail exchangers of the sender's domain often tell which:
/// they take the bounces of what it sends.
///
/// @param names the names of the provider's servers; the group `region` is the region, and a name
///   where it matched nothing is in the region without a name
record Regions(Pattern names) {
  static Regions of(String regex) {
    return new Regions(Pattern.compile(regex));
  }

  /// Whether the sender's domain has exchangers in regions of this provider, and none in the region
  /// of the configured host.
  boolean differ(DiagnosisContext context) {
    var exchangers =
        context
            .evidence()
            .all(Observation.Domain.class)
            .filter(domain -> domain.role() == Observation.Domain.Role.SENDER)
            .flatMap(domain -> domain.exchangers().stream())
            .toList();
    var here = regions(List.of(context.host()));
    var there = regions(exchangers);
    return !here.isEmpty() && !there.isEmpty() && !there.containsAll(here);
  }

  private List<String> regions(List<String> hosts) {
    return hosts.stream()
        .map(names::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> Objects.requireNonNullElse(matcher.group("region"), ""))
        .toList();
  }
}
