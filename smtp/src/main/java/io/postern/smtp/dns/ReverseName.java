package io.postern.smtp.dns;

import java.net.InetAddress;
import org.xbill.DNS.ReverseMap;

/// The name under `in-addr.arpa` or `ip6.arpa` where the name of an address stands (RFC 1035
/// section 3.5, RFC 3596 section 2.5).
public final class ReverseName {
  private ReverseName() {}

  public static String of(InetAddress address) {
    return ReverseMap.fromAddress(address).toString(true);
  }
}
