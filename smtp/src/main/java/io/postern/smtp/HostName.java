package io.postern.smtp;

import java.net.Inet4Address;
import java.net.InetAddress;

/// A DNS name in lower-case A-label form or a canonical IP literal, without scheme, port, path or
/// zone.
///
/// @param ascii the name as it goes on the wire; an IPv6 literal stands without brackets, in the
///   form of RFC 5952
public record HostName(String ascii) {
  static final int NAME_OCTETS_MAX = 253;
  static final int LABEL_OCTETS_MAX = 63;

  /// @throws MalformedValueException when this is not the canonical form that [#parse(String)]
  ///   makes
  public HostName {
    if (!ascii.equals(HostNameGrammar.canonical(ascii))) {
      throw new MalformedValueException(
          "The host name \"" + Printable.of(ascii) + "\" is not in its canonical form.");
    }
  }

  /// Reads what an operator typed; U-labels become A-labels, a trailing dot goes.
  ///
  /// @throws MalformedValueException saying what is wrong and what would be valid
  public static HostName parse(String typed) {
    return new HostName(HostNameGrammar.canonical(typed));
  }

  /// The literal of an address, without its zone.
  public static HostName of(InetAddress address) {
    return parse(address.getHostAddress().split("%", 2)[0]);
  }

  /// Whether this is an IPv4 or IPv6 literal.
  public boolean isAddress() {
    return ascii.indexOf(':') >= 0 || HostNameGrammar.endsInNumber(ascii);
  }

  /// The form that stands in EHLO: the name, or the address literal (RFC 5321 section 4.1.3).
  public String inEhlo() {
    if (!isAddress()) {
      return ascii;
    }
    return InetAddress.ofLiteral(ascii) instanceof Inet4Address
        ? "[" + ascii + "]"
        : "[IPv6:" + ascii + "]";
  }

  @Override
  public String toString() {
    return ascii;
  }
}
