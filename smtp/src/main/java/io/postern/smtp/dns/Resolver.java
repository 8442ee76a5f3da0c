package io.postern.smtp.dns;

import java.time.Duration;

/// Asks the DNS. Two real ones exist: the system's name servers and a given one (`--resolver`).
public interface Resolver {
  /// The records of one type under a name, or why there are none. Never throws for what the DNS
  /// says.
  DnsAnswer ask(String name, RecordType type, Duration within);

  enum RecordType {
    A,
    AAAA,
    MX,
    TXT,
    SRV,
    PTR
  }
}
