package io.postern.smtp;

/// How the connection is protected. There is no opportunistic mode: what is asked for is required
/// (RFC 8314).
public enum Security {
  /// Clear text first, then STARTTLS, which must succeed (RFC 3207).
  STARTTLS("starttls", "STARTTLS"),
  /// TLS from the first octet (RFC 8314 section 3.3).
  TLS("tls", "TLS from the start"),
  /// No protection.
  NONE("none", "None");

  private final String word;
  private final String label;

  Security(String word, String label) {
    this.word = word;
    this.label = label;
  }

  /// As people read it.
  public String label() {
    return label;
  }

  /// The word of this mode in the API and on the command line.
  public String word() {
    return word;
  }

  /// The mode that belongs to a port when nobody chose one: 465 and 2465 mean TLS from the start.
  public static Security ofPort(int port) {
    return port == 465 || port == 2465 ? TLS : STARTTLS;
  }
}
