package io.postern.smtp.session;

import io.postern.smtp.EhloName;
import io.postern.smtp.HostName;
import io.postern.smtp.Security;
import io.postern.smtp.tls.Trust;
import org.jspecify.annotations.Nullable;

/// A relay as a session needs it: where, how protected, whom to trust, who signs in, how patient to
/// be. Checks and deliveries are made from the same relay (one path).
///
/// @param host the configured name, which is also the reference identity of the certificate
/// @param port 1 to 65535
/// @param credentials absent for an anonymous relay
/// @param ehloName the name for EHLO; absent: the address literal of the connection
/// @param patience the deadline of each stage
/// @param groups whether commands may go out in groups where the server takes them (RFC 2920); no
///   more once it broke the order of its replies
public record Relay(
    HostName host,
    int port,
    Security security,
    Trust trust,
    @Nullable Credentials credentials,
    @Nullable EhloName ehloName,
    Patience patience,
    boolean groups) {

  /// A relay of which nothing bad is known.
  public Relay(
      HostName host,
      int port,
      Security security,
      Trust trust,
      @Nullable Credentials credentials,
      @Nullable EhloName ehloName,
      Patience patience) {
    this(host, port, security, trust, credentials, ehloName, patience, true);
  }

  /// The same, one command at a time.
  public Relay withoutGroups() {
    return new Relay(host, port, security, trust, credentials, ehloName, patience, false);
  }
}
