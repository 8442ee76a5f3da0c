package io.postern.smtp;

import java.net.Inet6Address;
import java.net.InetAddress;

/// IP literals in one spelling: dotted decimal, and IPv6 by RFC 5952. What C resolvers read in
/// another way than Java does (octal, hexadecimal, fewer parts) is refused.
final class AddressLiteral {
  private static final int IPV6_GROUPS = 8;
  private static final String TAG = "IPv6:";

  private AddressLiteral() {}

  static String ipv4(String typed) {
    int parts = 0;
    int start = 0;
    while (start <= typed.length()) {
      int dot = typed.indexOf('.', start);
      int end = dot < 0 ? typed.length() : dot;
      if (!isOctet(typed.substring(start, end)) || ++parts > 4) {
        throw noIpv4(typed);
      }
      start = end + 1;
    }
    if (parts != 4) {
      throw noIpv4(typed);
    }
    return typed;
  }

  /// An IPv6 address, bare or bracketed, or a bracketed IPv4 address as in RFC 5321 section 4.1.3.
  static String bracketedOrIpv6(String typed) {
    boolean bracketed = typed.startsWith("[") && typed.endsWith("]");
    String bare = bracketed ? typed.substring(1, typed.length() - 1) : typed;
    if (bracketed && bare.indexOf(':') < 0) {
      return ipv4(bare);
    }
    if (bracketed && bare.regionMatches(true, 0, TAG, 0, TAG.length())) {
      bare = bare.substring(TAG.length());
    }
    return ipv6(bare, typed);
  }

  private static String ipv6(String bare, String typed) {
    if (bare.isEmpty() || !bare.chars().allMatch(AddressLiteral::mayStandInIpv6)) {
      throw noIpv6(typed);
    }
    var address = literal(bare, typed);
    if (address instanceof Inet6Address) {
      return shortest(address.getAddress());
    }
    throw HostNameGrammar.bad(
        typed, "is an IPv4 address in IPv6 form; it is written " + address.getHostAddress());
  }

  private static InetAddress literal(String bare, String typed) {
    try {
      return InetAddress.ofLiteral(bare);
    } catch (IllegalArgumentException _) {
      // Not an address: in our words.
      throw noIpv6(typed);
    }
  }

  private static boolean isOctet(String part) {
    if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
      return false;
    }
    return part.chars().allMatch(c -> c >= '0' && c <= '9') && Integer.parseInt(part) <= 255;
  }

  private static boolean mayStandInIpv6(int c) {
    return c == ':' || c == '.' || (c < 0x80 && Character.digit(c, 16) >= 0);
  }

  /// RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as
  /// `::`.
  private static String shortest(byte[] octets) {
    int[] groups = new int[IPV6_GROUPS];
    for (int at = 0; at < IPV6_GROUPS; at++) {
      groups[at] = ((octets[2 * at] & 0xFF) << 8) | (octets[2 * at + 1] & 0xFF);
    }
    int runStart = -1;
    int runLength = 1;
    for (int at = 0; at < IPV6_GROUPS; at++) {
      int length = zeros(groups, at);
      if (length > runLength) {
        runStart = at;
        runLength = length;
      }
    }
    StringBuilder text = new StringBuilder(39);
    for (int at = 0; at < IPV6_GROUPS; at++) {
      if (at == runStart) {
        text.append("::");
        at += runLength - 1;
      } else {
        boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
        text.append(first ? "" : ":").append(Integer.toHexString(groups[at]));
      }
    }
    return text.toString();
  }

  private static int zeros(int[] groups, int from) {
    int length = 0;
    while (from + length < groups.length && groups[from + length] == 0) {
      length++;
    }
    return length;
  }

  private static MalformedValueException noIpv4(String typed) {
    return HostNameGrammar.bad(
        typed, "ends in a number but is no IPv4 address; one has four decimal parts, as 192.0.2.1");
  }

  private static MalformedValueException noIpv6(String typed) {
    return HostNameGrammar.bad(
        typed,
        "contains colons but is no IPv6 address; one looks like 2001:db8::1, and the port has its own field");
  }
}
