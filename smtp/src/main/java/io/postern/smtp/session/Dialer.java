package io.postern.smtp.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/// Opens TCP connections: the only place where the engine reaches for a socket. Whoever may forbid
/// a destination (the egress gate) stands here, and judges the very address that is then connected
///
public interface Dialer {
  /// A connected socket with TCP_NODELAY.
  ///
  /// @throws EgressDeniedException when the destination is not allowed
  /// @throws IOException when no connection comes about within the time
  Socket dial(InetSocketAddress address, Duration within) throws IOException;

  /// The dialer for addresses that a peer names, such as the issuer's in a certificate: a gate
  /// answers with its strictest rules. Without a gate it is the same one.
  default Dialer chosenByPeer() {
    return this;
  }
}
