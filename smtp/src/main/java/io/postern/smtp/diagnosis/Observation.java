package io.postern.smtp.diagnosis;

import java.security.cert.X509Certificate;
import java.util.List;

/// One thing that a probe saw beside the session. It says what was seen, never what it means;
/// absence of an observation means that nobody looked, or that looking told nothing.
public sealed interface Observation {
  /// How the DNS answered for names that exist whoever asks.
  ///
  /// @param asked how many names were asked for
  /// @param found how many of them have an address
  /// @param silent for how many no server answered
  record KnownNames(int asked, int found, int silent) implements Observation {}

  /// The check asks this name server and not those of this machine.
  ///
  /// @param address with the port where it is not 53
  record NamedServer(String address) implements Observation {}

  /// The addresses of a name that cannot exist, made up for this check; empty when the DNS says,
  /// truly, that there is none.
  record ImpossibleName(String name, List<String> addresses) implements Observation {
    public ImpossibleName {
      addresses = List.copyOf(addresses);
    }
  }

  /// The hosts file of this machine names the relay; what the name servers say beside it.
  ///
  /// @param served empty when the name servers know no address
  record LocalName(List<String> local, List<String> served) implements Observation {
    public LocalName {
      local = List.copyOf(local);
      served = List.copyOf(served);
    }
  }

  /// What the DNS knows about a domain of this mail.
  ///
  /// @param exchangers its mail exchangers, lower case, best first; empty when it has none
  record Domain(Role role, String name, State state, List<String> exchangers)
      implements Observation {
    public Domain {
      exchangers = List.copyOf(exchangers);
    }

    /// Where the domain stands.
    public enum Role {
      /// The configured host itself, taken for a mail domain.
      HOST,
      /// The domain above the configured host.
      PARENT,
      SENDER,
      RECIPIENT
    }

    /// Whether it takes part in mail.
    public enum State {
      /// It has exchangers or an address.
      EXISTS,
      /// Its one exchanger is the root: it takes no mail (RFC 7505).
      NULL_MX,
      /// The name exists without exchanger or address.
      EMPTY,
      NO_SUCH_NAME,
      /// Its name servers fail.
      FAILS,
      /// No server answered.
      NO_ANSWER
    }
  }

  /// Whether a port of some machine opened.
  ///
  /// @param whose the relay's own port or that of a machine that has nothing to do with it
  /// @param reason why it did not open; meaningless when it did
  record Port(Whose whose, String address, int port, boolean open, Finding.Attempt.Reason reason)
      implements Observation {
    /// Who was asked.
    public enum Whose {
      RELAY,
      UNRELATED
    }
  }

  /// What came over a second connection on which the client said nothing.
  ///
  /// @param first the first line, printable, as far as [FirstLine#kept] keeps it; empty when none
  ///   came
  record FirstWords(String first, Ending ending) implements Observation {
    /// How it went on.
    public enum Ending {
      /// The peer spoke.
      SPOKE,
      /// Nothing came while we listened.
      SILENT,
      CLOSED,
      RESET
    }
  }

  /// How the peer answered TLS on a second connection.
  ///
  /// @param answer what it made of the ClientHello
  /// @param first the first line inside TLS, as far as [FirstLine#kept] keeps it
  /// @param application the protocol that the server chose by ALPN, such as `http/1.1`; empty when
  ///   it chose none
  record TlsOffer(Answer answer, String first, String application) implements Observation {
    /// Whether the port is explained: it speaks TLS, and what is inside has shown itself.
    public boolean isTls() {
      return switch (answer) {
        case ESTABLISHED -> !first.isEmpty() || !application.isEmpty();
        case ALERT -> true;
        case OTHER_TEXT, SILENT, CLOSED -> false;
      };
    }

    /// What it made of the ClientHello.
    public enum Answer {
      ESTABLISHED,
      /// A TLS alert: it speaks TLS, but not with us.
      ALERT,
      OTHER_TEXT,
      SILENT,
      CLOSED
    }
  }

  /// What a mail port of the relay offers to a second connection: another port, or the very one in
  /// the clear.
  ///
  /// @param greeting its greeting's text
  /// @param keywords its EHLO keywords in the clear, or inside TLS on an implicit TLS port
  record Sibling(int port, boolean tls, String greeting, List<String> keywords)
      implements Observation {
    public Sibling {
      keywords = List.copyOf(keywords);
    }
  }

  /// The certificate of an unrelated public host as seen from here.
  ///
  /// @param publicly whether it leads to a public authority
  /// @param sameIssuer whether it comes from the very authority that signed the relay's
  record UnrelatedCertificate(String host, boolean publicly, boolean sameIssuer)
      implements Observation {}

  /// The certificate that comes when no server name is sent.
  ///
  /// @param differs whether it is another one than with the name
  /// @param fits whether it names the relay
  record WithoutServerName(X509Certificate certificate, boolean differs, boolean fits)
      implements Observation {}

  /// The issuer's certificate, fetched from the address that the server's certificate names.
  ///
  /// @param completes whether the chain leads to a trusted authority with it
  record FetchedIssuer(String subject, boolean completes) implements Observation {}

  /// Whether the relay took sender and recipient from somebody who had not signed in.
  record WithoutSignIn(boolean taken) implements Observation {}

  /// Another authority of the organization that issued the last link is trusted here: the link to
  /// it is missing, or this authority is newer than the trust store.
  ///
  /// @param publicly whether it is a public one, not one that was added for this relay
  record TrustedHouse(String organization, boolean publicly) implements Observation {}

  /// The name of this machine's own address in the DNS.
  ///
  /// @param name empty when there is none
  /// @param leadsBack whether the name leads back to the address
  record ReverseName(String address, String name, boolean leadsBack) implements Observation {}

  /// What the server offered for signing in before TLS; inside TLS it counts no more.
  record OfferedBeforeTls(List<String> mechanisms) implements Observation {
    public OfferedBeforeTls {
      mechanisms = List.copyOf(mechanisms);
    }
  }

  /// The name that the server gave itself in the reply to EHLO.
  record AnswersAs(String name) implements Observation {}
}
