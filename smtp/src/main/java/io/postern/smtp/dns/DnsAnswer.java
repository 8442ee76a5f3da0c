package io.postern.smtp.dns;

import java.util.List;

/// What came back for one question.
public sealed interface DnsAnswer {
  /// Records in presentation form (A and AAAA: the address; MX: `10 mx.example`; TXT: the strings
  /// joined), and the name after CNAMEs.
  record Found(List<String> values, String canonicalName) implements DnsAnswer {}

  /// The name exists, but has no record of this type.
  record NoData() implements DnsAnswer {}

  /// NXDOMAIN: there is no such name.
  record NoName() implements DnsAnswer {}

  /// A server answered that it failed for this name (SERVFAIL, REFUSED and the like).
  record ServerFailed(String code) implements DnsAnswer {}

  /// Something came that is no answer to the question: aliases that lead nowhere, records of
  /// another name, octets that are no DNS message.
  ///
  /// @param ofZone whether the records of the name are wrong, whichever server is asked
  /// @param sentence what came; printable
  record Unusable(boolean ofZone, String sentence) implements DnsAnswer {}

  /// No server answered.
  record NoServer(String detail) implements DnsAnswer {}
}
