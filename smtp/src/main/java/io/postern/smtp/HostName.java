package io.postern.smtp;

/// A DNS name in lower-case A-label form or a canonical IP literal, without scheme, port, path or
/// zone.
///
/// @param ascii the name as it goes on the wire
public record HostName(String ascii) {
  /// Reads what an operator typed; U-labels become A-labels, a trailing dot goes.
  ///
  /// @throws MalformedValueException saying what is wrong and what would be valid
  public static HostName parse(String typed) {
    throw new UnsupportedOperationException(typed);
  }

  /// Whether this is an IPv4 or IPv6 literal.
  public boolean isAddress() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String toString() {
    return ascii;
  }
}
