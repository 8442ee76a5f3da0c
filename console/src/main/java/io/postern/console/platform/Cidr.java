package io.postern.console.platform;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/// A range of addresses, such as `169.254.0.0/16`, or one alone.
///
/// @param bits how many of the first bits of the base decide, 0 to all of them
public record Cidr(InetAddress base, int bits) {
  public static List<Cidr> list(String... ranges) {
    return Arrays.stream(ranges).map(Cidr::parse).toList();
  }

  /// One address alone.
  public static Cidr of(InetAddress address) {
    return new Cidr(address, address.getAddress().length * Byte.SIZE);
  }

  /// @param text such as `10.0.0.0/8`, `fd00::/8` or `127.0.0.1`
  /// @throws IllegalArgumentException when it is neither an address nor a range
  public static Cidr parse(String text) {
    var slash = text.indexOf('/');
    var base = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    var whole = of(base).bits();
    var bits = slash < 0 ? String.valueOf(whole) : text.substring(slash + 1);
    if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > whole) {
      throw new IllegalArgumentException(text);
    }
    return new Cidr(base, Integer.parseInt(bits));
  }

  public boolean contains(InetAddress address) {
    var own = base.getAddress();
    var other = address.getAddress();
    if (own.length != other.length) {
      return false;
    }
    for (var bit = 0; bit < bits; bit++) {
      var mask = 0x80 >> (bit % 8);
      if ((own[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /// The IPv4 address inside a transition address, else the address itself: IPv4-mapped and
  /// -compatible and -translated, NAT64 (64:ff9b::/96, and 64:ff9b:1::/48 of one's own), 6to4
  /// (2002::/16) and Teredo (2001::/32), so that none of them leads around a range
  /// (CVE-2026-55187).
  public static InetAddress unwrap(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    var octets = address.getAddress();
    if (startsWith(octets, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)
        || startsWith(octets, 0, 0x64, 0xff, 0x9b, 0, 1)
        || startsWith(octets, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0)
        || isCompatible(octets)) {
      return fourOf(octets, 12, 0);
    }
    if (startsWith(octets, 0x20, 0x02)) {
      return fourOf(octets, 2, 0);
    }
    return startsWith(octets, 0x20, 0x01, 0, 0) ? fourOf(octets, 12, 0xff) : address;
  }

  private static boolean isCompatible(byte[] octets) {
    var zeros = startsWith(octets, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    var low = (octets[12] | octets[13] | octets[14]) != 0;
    var mapped = octets[10] == (byte) 0xff && octets[11] == (byte) 0xff;
    return zeros && (mapped || (octets[10] == 0 && octets[11] == 0 && low));
  }

  private static boolean startsWith(byte[] octets, int... start) {
    for (var i = 0; i < start.length; i++) {
      if ((octets[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress fourOf(byte[] octets, int offset, int mask) {
    var four = new byte[4];
    for (var i = 0; i < 4; i++) {
      four[i] = (byte) (octets[offset + i] ^ mask);
    }
    return InetAddress.ofLiteral(
        "%d.%d.%d.%d".formatted(four[0] & 0xff, four[1] & 0xff, four[2] & 0xff, four[3] & 0xff));
  }
}
