package io.postern.console.settings;

import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import io.postern.smtp.session.Dialer;
import io.postern.smtp.session.EgressDeniedException;
import io.postern.smtp.session.SystemDialer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides where Postern may connect, by the very address that is then connected (R-510 to R-514;
/// PLAN 1).
final class EgressGate implements Dialer {
  /// Never: unspecified, link-local with the metadata services, multicast, broadcast and reserved.
  private static final List<Cidr> ALWAYS_DENIED =
      Cidr.list(
          "0.0.0.0/8",
          "169.254.0.0/16",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "::/128",
          "fe80::/10",
          "fec0::/10",
          "ff00::/8",
          "fd00:ec2::254/128",
          "100.100.100.200/32");

  /// Where relays of one's own live; closed in strict mode.
  private static final List<Cidr> PRIVATE =
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

  private static final Set<Integer> STRICT_PORTS = Set.of(25, 465, 587, 2525);

  private static final Set<Integer> PEER_PORTS = Set.of(80);

  private final Dialer dialer;
  private final boolean strict;
  private final Set<Integer> ownPorts;
  private final Set<Integer> strictPorts;

  EgressGate(Dialer dialer, boolean strict, Set<Integer> ownPorts) {
    this(dialer, strict, ownPorts, STRICT_PORTS);
  }

  private EgressGate(
      Dialer dialer, boolean strict, Set<Integer> ownPorts, Set<Integer> strictPorts) {
    this.dialer = dialer;
    this.strict = strict;
    this.ownPorts = Set.copyOf(ownPorts);
    this.strictPorts = Set.copyOf(strictPorts);
  }

  static EgressGate of(ProcessSettings process) {
    var word = String.valueOf(process.text(Setting.EGRESS));
    if (!word.equals("operator") && !word.equals("strict")) {
      // Whoever asks for less than everything must not get everything.
      throw new UnusableSettingException(
          "The egress rules are \"%s\"; they are operator or strict.".formatted(word));
    }
    return new EgressGate(new SystemDialer(), word.equals("strict"), Set.of(process.port()));
  }

  @Override
  public Socket dial(InetSocketAddress address, Duration within) throws IOException {
    var why = refusal(address.getAddress(), address.getPort());
    if (why != null) {
      throw new EgressDeniedException(why);
    }
    return dialer.dial(address, within);
  }

  /// Issuers, OCSP responders and lists of revoked certificates are asked over plain HTTP, whatever
  /// the certificate of a peer says; never on private addresses. Where the rules of the instance
  /// are strict, not at all.
  @Override
  public Dialer chosenByPeer() {
    return new EgressGate(dialer, true, ownPorts, strict ? Set.of() : PEER_PORTS);
  }

  /// @return why the destination is forbidden, null when it is not
  @Nullable String refusal(InetAddress given, int port) {
    var address = Cidr.unwrap(given);
    var text = address.getHostAddress();
    if (ALWAYS_DENIED.stream().anyMatch(range -> range.contains(address))) {
      return "Postern does not connect to %s: link-local, metadata, multicast and reserved addresses are never mail servers."
          .formatted(text);
    }
    if (address.isLoopbackAddress() && ownPorts.contains(port)) {
      return "Port %d on this machine is Postern itself.".formatted(port);
    }
    if (strict && PRIVATE.stream().anyMatch(range -> range.contains(address))) {
      return "%s is a private address, which the strict egress rules of this instance close. Start with --egress operator to open them."
          .formatted(text);
    }
    if (strict && !strictPorts.contains(port)) {
      return "Port %d is closed by the strict egress rules of this instance; 25, 465, 587 and 2525 are open."
          .formatted(port);
    }
    return null;
  }
}
