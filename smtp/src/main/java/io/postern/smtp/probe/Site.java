package io.postern.smtp.probe;

import io.postern.smtp.HostName;
import io.postern.smtp.Security;
import io.postern.smtp.dns.Addresses;
import io.postern.smtp.session.Network;
import io.postern.smtp.tls.Handshake;
import io.postern.smtp.tls.Trust;
import io.postern.smtp.wire.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The relay as a probe finds it: where it is, and the way there.
///
/// @param addresses the relay's addresses; empty before the lookup
/// @param peer the address that the session is connected to; absent before
record Site(
    Network network, Subject subject, List<InetAddress> addresses, @Nullable InetAddress peer) {
  /// No probe step takes longer.
  static final Duration EACH = Duration.ofSeconds(2);

  Site {
    addresses = List.copyOf(addresses);
  }

  int port() {
    return subject.relay().port();
  }

  boolean isTlsFromTheStart() {
    return subject.relay().security() == Security.TLS;
  }

  Deadline deadline() {
    return Deadline.after(EACH, network.ticks());
  }

  /// A second connection to the relay.
  Socket again(int port) throws IOException {
    var address = peer != null ? peer : addresses.isEmpty() ? null : addresses.getFirst();
    if (address == null) {
      throw new IOException("the relay has no address");
    }
    return network.dialer().dial(new InetSocketAddress(address, port), EACH);
  }

  /// The addresses of another name; empty when there are none.
  List<InetAddress> addressesOf(String name) {
    return switch (Addresses.lookUp(HostName.parse(name), network.resolver(), EACH)) {
      case Addresses.Result.Found(var found) -> found;
      case Addresses.Result.Missing _ -> List.of();
    };
  }

  /// TLS over a second connection. The certificate is judged as the session judges it, and nothing
  /// secret goes over it.
  Handshake.Result secure(Socket socket, boolean serverName, List<String> applications) {
    return secure(socket, subject.host(), serverName, applications);
  }

  Handshake.Result secure(
      Socket socket, HostName name, boolean serverName, List<String> applications) {
    var trust = new Trust(subject.relay().trust().authorities(), false);
    var terms = new Handshake.Terms(name, trust, network.clock(), serverName, applications);
    return Handshake.upgrade(socket, terms, EACH);
  }
}
