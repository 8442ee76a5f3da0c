package io.postern.console.settings;

import io.postern.console.platform.Cidr;
import io.postern.smtp.HostName;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the instance allows besides what [EgressGate] never allows (PLAN 1).
sealed interface EgressRules {
  /// Where relays of one's own live.
  List<Cidr> PRIVATE =
      Cidr.list(
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "192.0.0.0/24",
          "198.18.0.0/15",
          "::1/128",
          "fc00::/7");

  /// @param address unwrapped, see [Cidr#unwrap]
  /// @return why the destination is closed, with what opens it; null when it is open
  @Nullable String refusal(InetAddress address, int port);

  /// What holds for addresses that a peer chose: issuers, OCSP responders and lists of revoked
  /// certificates, which are asked over plain HTTP.
  EgressRules forPeers();

  /// An operator points Postern anywhere.
  record Operator() implements EgressRules {
    private static final Set<Integer> HTTP = Set.of(80);

    @Override
    public @Nullable String refusal(InetAddress address, int port) {
      return null;
    }

    @Override
    public EgressRules forPeers() {
      return new Strict(HTTP);
    }
  }

  /// Public addresses and a few ports.
  record Strict(Set<Integer> ports) implements EgressRules {
    private static final Set<Integer> SUBMISSION = Set.of(25, 465, 587, 2525);

    public Strict {
      ports = Set.copyOf(ports);
    }

    static Strict submission() {
      return new Strict(SUBMISSION);
    }

    @Override
    public @Nullable String refusal(InetAddress address, int port) {
      if (isPrivate(address)) {
        return "%s is a private address, which the strict egress rules of this instance close. Start with --egress operator to open them."
            .formatted(HostName.of(address));
      }
      return ports.contains(port)
          ? null
          : "Port %d is closed by the strict egress rules of this instance; 25, 465, 587 and 2525 are open."
              .formatted(port);
    }

    @Override
    public EgressRules forPeers() {
      return new Strict(Set.of());
    }
  }

  /// Rules of a file, of which the first that fits decides. What none fits is closed.
  record Listed(Path file, List<EgressRule> rules, boolean publicOnly) implements EgressRules {
    public Listed {
      rules = List.copyOf(rules);
    }

    @Override
    public @Nullable String refusal(InetAddress address, int port) {
      if (publicOnly && isPrivate(address)) {
        return "%s is a private address, and a peer chose it.".formatted(HostName.of(address));
      }
      for (var rule : rules) {
        if (rule.fits(address, port)) {
          return rule.allows()
              ? null
              : "%s port %d is closed by line %d of the egress rules in %s."
                  .formatted(HostName.of(address), port, rule.line(), file);
        }
      }
      return "%s port %d is not in the egress rules in %s. Add a line: allow %s %d"
          .formatted(HostName.of(address), port, file, HostName.of(address), port);
    }

    @Override
    public EgressRules forPeers() {
      return new Listed(file, rules, true);
    }
  }

  private static boolean isPrivate(InetAddress address) {
    return PRIVATE.stream().anyMatch(range -> range.contains(address));
  }
}
