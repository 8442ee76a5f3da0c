package io.postern.smtp.diagnosis;

/// Why the server's name led to no address.
final class Lookups {
  private Lookups() {}

  static Diagnosis notFound(Finding.NameNotFound missing) {
    return Diagnoser.sure(
        "host-not-found",
        "There is no server named " + missing.host() + ".",
        false,
        "Check the spelling of Outgoing Server against your provider's documentation.");
  }

  static Diagnosis noAddress(Finding.NoAddress missing) {
    return Diagnoser.sure(
        "host-no-address-record",
        missing.host()
            + " exists in the DNS, but has no address; it may be a mail domain, not a server.",
        false,
        "Ask your provider for the name of the outgoing server; often it is smtp."
            + missing.host()
            + ".");
  }

  static Diagnosis noResolver() {
    return Diagnoser.sure(
        "dns-resolver-unreachable",
        "No DNS server answered this machine, so no name can be looked up.",
        true,
        "Check the name servers of this machine or container and its way to them.");
  }

  static Diagnosis zoneFails(Finding.ZoneFails fails) {
    return Diagnoser.likely(
        "dns-servfail",
        "The name servers of " + fails.host() + " fail at the moment (" + fails.code() + ").",
        true,
        "Try again in some minutes; if it lasts, tell whoever runs the domain's DNS.");
  }
}
