package io.postern.console.cli;

import io.postern.smtp.dns.DnsJavaResolver;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.SystemDialer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The network as the caller of the command line sees it: no egress gate but the system's own (PLAN
/// 1).
final class SystemNetwork {
  private SystemNetwork() {}

  /// @param nameServer asked in place of the system's, when given
  static Network of(@Nullable InetSocketAddress nameServer) {
    LongSupplier ticks = System::nanoTime;
    var resolver =
        nameServer == null
            ? DnsJavaResolver.ofSystem(ticks)
            : DnsJavaResolver.of(nameServer, ticks);
    return new Network(resolver, new SystemDialer(), Clock.systemUTC(), ticks, new SecureRandom());
  }

  /// Reads `IP` or `IP:PORT`.
  ///
  /// @throws IllegalArgumentException when it is neither
  static InetSocketAddress nameServer(String text) {
    var colon = text.lastIndexOf(':');
    var withPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
    var address = withPort ? text.substring(0, colon) : text;
    var bare = address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    var port = withPort ? Integer.parseInt(text.substring(colon + 1)) : 53;
    return new InetSocketAddress(InetAddress.ofLiteral(bare), port);
  }
}
