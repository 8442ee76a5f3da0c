package io.postern.console.platform.web;

import io.postern.console.platform.Cidr;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who really asks, and whether over TLS. `X-Forwarded-For` and `X-Forwarded-Proto` count only when
/// the peer is a proxy that the operator named; nothing here ever feeds a letter.
public final class Proxies {
  private final List<Cidr> trusted;

  public Proxies(List<Cidr> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /// The client's address: the last one in the chain that is not a trusted proxy. The chain is all
  /// fields of the name together (RFC 9110 section 5.3): some proxies add a field of their own
  /// after the one that the client made up.
  public String clientAddress(HttpServletRequest request) {
    var address = request.getRemoteAddr();
    var fields = Collections.list(request.getHeaders("X-Forwarded-For"));
    if (fields.isEmpty()) {
      return address;
    }
    var chain = String.join(",", fields).split(",", -1);
    for (var hop = chain.length - 1; hop >= 0 && isTrusted(address); hop--) {
      var earlier = chain[hop].strip();
      if (literal(earlier) == null) {
        break;
      }
      address = earlier;
    }
    return address;
  }

  /// Whether the browser speaks TLS, to us or to the proxy before us.
  public boolean isSecure(HttpServletRequest request) {
    return request.isSecure()
        || ("https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"))
            && isTrusted(request.getRemoteAddr()));
  }

  private boolean isTrusted(String address) {
    var literal = literal(address);
    return literal != null && trusted.stream().anyMatch(network -> network.contains(literal));
  }

  private static @Nullable InetAddress literal(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException _) {
      // A client can write anything there; what is no address is not believed.
      return null;
    }
  }
}
