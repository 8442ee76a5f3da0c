package io.postern.smtp.diagnosis;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that is known beside the session when a finding is diagnosed.
///
/// @param addresses the relay's addresses, as looked up
/// @param shown the certificates of the relay, its own first; empty without TLS
/// @param clock what this machine's clock and the date in the greeting say
/// @param observations what the probes saw, in no order
public record Evidence(
    Circumstances circumstances,
    List<String> addresses,
    List<X509Certificate> shown,
    Clocks clock,
    List<Observation> observations) {
  /// Nobody looked: deliveries, and verdicts about values.
  public static final Evidence NONE =
      new Evidence(Circumstances.UNKNOWN, List.of(), List.of(), Clocks.UNKNOWN, List.of());

  public Evidence {
    addresses = List.copyOf(addresses);
    shown = List.copyOf(shown);
    observations = List.copyOf(observations);
  }

  /// The observations of one kind.
  public <T extends Observation> Stream<T> all(Class<T> kind) {
    return observations.stream().filter(kind::isInstance).map(kind::cast);
  }

  /// @return the only or first observation of a kind, null when nobody saw one
  public <T extends Observation> @Nullable T first(Class<T> kind) {
    return all(kind).findFirst().orElse(null);
  }

  /// Whether the configured host is a mail exchanger of the sender's or the recipient's domain: the
  /// door for incoming mail.
  ///
  /// @return the domain; empty when it is none
  public String exchangerOf(String host) {
    return all(Observation.Domain.class)
        .filter(domain ->
            domain.role() == Observation.Domain.Role.SENDER
                || domain.role() == Observation.Domain.Role.RECIPIENT)
        .filter(domain -> domain.exchangers().contains(host))
        .map(Observation.Domain::name)
        .findFirst()
        .orElse("");
  }

  /// Whether the name of the relay leads to where names that cannot exist lead as well.
  boolean hijacked() {
    return all(Observation.ImpossibleName.class)
        .anyMatch(seen -> seen.addresses().stream().anyMatch(addresses::contains));
  }

  /// Whether the relay took sender and recipient without a sign-in, and not because the recipient
  /// is its own: mail for its own domain every exchanger takes.
  boolean worksWithoutSignIn(String host) {
    return all(Observation.WithoutSignIn.class).anyMatch(Observation.WithoutSignIn::taken)
        && all(Observation.Domain.class)
            .noneMatch(domain ->
                domain.role() == Observation.Domain.Role.RECIPIENT
                    && domain.exchangers().contains(host));
  }

  /// Whether a domain of this mail was seen in one of these states.
  boolean isSeen(Observation.Domain.Role role, Observation.Domain.State... states) {
    return all(Observation.Domain.class)
        .filter(domain -> domain.role() == role)
        .anyMatch(domain -> List.of(states).contains(domain.state()));
  }
}
