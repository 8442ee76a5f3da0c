package io.postern.smtp.sender;

import java.net.InetAddress;

/// Addresses as SPF writes them: `192.0.2.0/24`, `2001:db8::/32`, or one alone (RFC 7208 section
/// 5.6).
final class Range {
  private Range() {}

  /// @return false as well for what is no range
  static boolean holds(String range, InetAddress address) {
    var parts = range.split("/", 2);
    try {
      var base = InetAddress.ofLiteral(parts[0]).getAddress();
      var other = address.getAddress();
      var bits = parts.length == 1 ? base.length * 8 : Integer.parseInt(parts[1].split("/", 0)[0]);
      return base.length == other.length
          && bits >= 0
          && bits <= base.length * 8
          && sameBits(base, other, bits);
    } catch (IllegalArgumentException _) {
      // A broken term names nobody.
      return false;
    }
  }

  private static boolean sameBits(byte[] one, byte[] other, int bits) {
    for (var i = 0; i < bits; i++) {
      var mask = 0x80 >> (i % 8);
      if ((one[i / 8] & mask) != (other[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
