package io.postern.smtp.dns;

import java.time.Duration;
import java.util.List;

/// Asks the DNS. Two real ones exist: the system's name servers and a given one (`--resolver`).
public interface Resolver {
  /// The records of one type under a name, or why there are none. Never throws for what the DNS
  /// says.
  DnsAnswer ask(String name, RecordType type, Duration within);

  /// The same without the hosts file of this machine.
  default DnsAnswer askServers(String name, RecordType type, Duration within) {
    return ask(name, type, within);
  }

  /// The addresses that the hosts file of this machine gives; empty when it is not read.
  default List<String> local(String name) {
    return List.of();
  }

  /// The one name server that was given in place of this machine's own: its address, with the port
  /// where it is not 53; empty when none was given.
  default String named() {
    return "";
  }

  enum RecordType {
    A,
    AAAA,
    MX,
    TXT,
    SRV,
    PTR
  }
}
