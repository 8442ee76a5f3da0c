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

  /// What is said of every destination that is not allowed, where nobody is to learn from the
  /// answer what stands there or why it is closed; null where the true reason is told.
  default @Nullable String onlyAnswer() {
    return null;
  }

  /// Whether no address is open on this port.
  default boolean closes(int port) {
    return false;
  }

  /// What holds for addresses that a peer chose: issuers, OCSP responders and lists of revoked
  /// certificates, which are asked over plain HTTP.
  EgressRules forPeers();

  /// An operator points Postern anywhere.
  record Operator() implements EgressRules {
    @Override
    public @Nullable String refusal(InetAddress address, int port) {
      return null;
    }

    @Override
    public EgressRules forPeers() {
      return new PublicWeb();
    }
  }

  /// Public addresses on the port of plain HTTP, for what a peer names.
  record PublicWeb() implements EgressRules {
    private static final int HTTP = 80;

    @Override
    public @Nullable String refusal(InetAddress address, int port) {
      if (isPrivate(address)) {
        return "%s is a private address, and a peer chose it.".formatted(HostName.of(address));
      }
      return port == HTTP ? null : "Port %d is not 80, and a peer chose it.".formatted(port);
    }

    @Override
    public EgressRules forPeers() {
      return this;
    }
  }

  /// Public addresses and a few ports; what is closed is answered with one sentence.
  record Strict(Set<Integer> ports) implements EgressRules {
    private static final Set<Integer> SUBMISSION = Set.of(25, 465, 587, 2525);
    private static final String ANSWER =
        "The strict egress rules of this instance close this destination: they open public addresses on the ports 25, 465, 587 and 2525. A file of rules opens what it names.";

    public Strict {
      ports = Set.copyOf(ports);
    }

    static Strict submission() {
      return new Strict(SUBMISSION);
    }

    @Override
    public @Nullable String refusal(InetAddress address, int port) {
      return closes(port) || isPrivate(address) ? ANSWER : null;
    }

    @Override
    public String onlyAnswer() {
      return ANSWER;
    }

    @Override
    public boolean closes(int port) {
      return !ports.contains(port);
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
