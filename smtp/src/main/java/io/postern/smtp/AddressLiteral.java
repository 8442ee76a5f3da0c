package io.postern.smtp;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Reads IP literals in their canonical notations only: no octal, no hexadecimal IPv4, no short
/// forms, no zones (F-008).
final class AddressLiteral {
  private AddressLiteral() {}

  /// @return the canonical text, or null when this is no IP literal
  static @Nullable String canonical(String text) {
    var bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (bare.regionMatches(true, 0, "IPv6:", 0, 5)) {
      bare = bare.substring(5);
    }
    if (isDottedQuad(bare)) {
      return bare;
    }
    return bare.indexOf(':') >= 0 ? canonicalV6(bare) : null;
  }

  /// Whether a name ends in a label of digits only, or reads as one number: such names are taken
  /// for addresses by other programs.
  static boolean looksLikeNumbers(String name) {
    var last = name.substring(name.lastIndexOf('.') + 1);
    return last.chars().allMatch(c -> c >= '0' && c <= '9') || last.matches("0x[0-9a-f]*");
  }

  private static boolean isDottedQuad(String text) {
    var parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (var part : parts) {
      if (!part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String canonicalV6(String text) {
    if (text.length() > 45 || !text.matches("[0-9a-fA-F:.]+")) {
      return null;
    }
    try {
      var address = InetAddress.ofLiteral(text);
      return address instanceof Inet6Address six
          ? withoutZone(six.getHostAddress())
          : address.getHostAddress();
    } catch (IllegalArgumentException _) {
      // No literal: the caller reads it as a name.
      return null;
    }
  }

  private static String withoutZone(String address) {
    var zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }
}
