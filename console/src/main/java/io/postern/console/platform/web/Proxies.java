package io.postern.console.platform.web;

import io.postern.console.platform.UnusableSettingException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Who really asks, and whether over TLS. `X-Forwarded-For` and `X-Forwarded-Proto` count only when
/// the peer is a proxy that the operator named; nothing here ever feeds a letter.
public final class Proxies {
  private final List<Network> trusted;

  /// @param setting addresses or networks such as `10.0.0.0/8`, comma separated; absent: none
  public Proxies(@Nullable String setting) {
    this.trusted =
        setting == null || setting.isBlank()
            ? List.of()
            : Arrays.stream(setting.split(",", -1)).map(String::strip).map(Network::parse).toList();
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
    return literal != null && trusted.stream().anyMatch(network -> network.holds(literal));
  }

  private static @Nullable InetAddress literal(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException _) {
      // A client can write anything there; what is no address is not believed.
      return null;
    }
  }

  private record Network(InetAddress address, int bits) {
    static Network parse(String text) {
      var slash = text.indexOf('/');
      var address = literal(slash < 0 ? text : text.substring(0, slash));
      var bits = slash < 0 ? "128" : text.substring(slash + 1);
      if (address == null || !bits.matches("[0-9]{1,3}")) {
        throw new UnusableSettingException(
            "The trusted proxy \"%s\" is no address; write addresses or networks such as 10.0.0.0/8, separated by commas."
                .formatted(text.toLowerCase(Locale.ROOT)));
      }
      return new Network(address, Integer.parseInt(bits));
    }

    boolean holds(InetAddress other) {
      var mine = address.getAddress();
      var theirs = other.getAddress();
      if (mine.length != theirs.length) {
        return false;
      }
      for (var bit = 0; bit < Math.min(bits, mine.length * 8); bit++) {
        if (((mine[bit / 8] ^ theirs[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
