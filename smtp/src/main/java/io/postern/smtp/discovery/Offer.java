package io.postern.smtp.discovery;

import io.postern.smtp.Security;

/// A place where mail can be handed in, and who says so. Shown before it is used.
///
/// @param host the whole name, in ASCII
/// @param username what to sign in with, as far as the source says; empty when it does not
/// @param foreign whether the host lies outside the domain that was asked about: then the operator
///   has to know it
public record Offer(
    String host, int port, Security security, String username, Source source, boolean foreign) {
  /// Who says so, the most trustworthy first.
  public enum Source {
    /// The provider files of this program.
    TABLE("Postern's own table"),
    /// SRV records of the domain (RFC 6186, RFC 8314 section 5.1).
    SRV("the SRV record of the domain"),
    /// The mail exchanger of the domain belongs to a known provider.
    EXCHANGER("the provider that receives mail for the domain");

    private final String words;

    Source(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }
}
