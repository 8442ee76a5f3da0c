package io.postern.smtp.session;

import io.postern.smtp.HostName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/// Opens TCP connections: the only place where the engine reaches for a socket. Whoever may forbid
/// a destination (the egress gate) stands here, and judges the very address that is then connected
///
public interface Dialer {
  /// A connected socket with TCP_NODELAY.
  ///
  /// @throws EgressDeniedException when the destination is not allowed
  /// @throws IOException when no connection comes about within the time
  Socket dial(InetSocketAddress address, Duration within) throws IOException;

  /// Judges a destination as far as none of its addresses could change the verdict. Asked before
  /// the name is looked up, so that the DNS hears nothing of what is closed anyway.
  ///
  /// @throws EgressDeniedException when the destination is not allowed, whatever its address
  default void beforeLookUp(HostName host, int port) throws EgressDeniedException {}

  /// Judges what a name led to, where nobody is to be told of its addresses before. Each is
  /// judged again when it is dialed.
  ///
  /// @throws EgressDeniedException when one of them is not allowed
  default void afterLookUp(List<InetAddress> found, int port) throws EgressDeniedException {}

  /// The dialer for addresses that a peer names, such as the issuer's in a certificate: a gate
  /// answers with its strictest rules. Without a gate it is the same one.
  default Dialer chosenByPeer() {
    return this;
  }
}
